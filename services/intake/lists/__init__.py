"""Lists of a group's members, as people keep them: CSV or a spreadsheet, one row a member."""
