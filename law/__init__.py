"""The rules of law that set deadlines, as data, and the pure code that reads them."""
