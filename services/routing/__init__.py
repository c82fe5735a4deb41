"""Routing: who has a case, who is asked to take it or to help, and who is told how it goes.

Owns: Custody (who has a case, and its transfers), Offer (what we are asked to take), Task and Errand (help
asked and given), Following (cases that others have), and the directory of divisions, agencies and sites.
Consumes: `cases` (applications, members, adoptions, withdrawals), `matters` (milestones, a lack of
competence), and its province's mailbox (offers, answers, what comes with a case, tasks, progress).
Emits: everything on `transfers`; its letters go to the mailboxes of other provinces too.
"""
