"""Whether the money of a case fits its history, and itself."""

from services.intake.bundles.running import MOST_OF_A_KIND, Bundle, Running


def fit_money(case: Running, bundle: Bundle) -> None:
    """Agreements and awards give every member an amount; nobody received more than he is due."""
    done = [act.code for act in case.acts]
    last = next((code for code in reversed(done) if code in ("agreed", "awarded")), None)
    for told in case.members:
        due = {"agreed": told.agreed_fen, "awarded": told.awarded_fen}
        for code, amount_fen in due.items():
            if (amount_fen is not None) != (code in done):
                expected = f"an amount {code} of each member, and in the history that it was {code}"
                bundle.wrong.note("members.csv", told.line, "number", case.number, expected)
        paid_fen = sum(each.amount_fen for each in told.payments)
        due_fen = due[last] if last else None
        if due_fen is not None and paid_fen > due_fen:
            found, expected = yuan(paid_fen), f"at most {yuan(due_fen)} paid, as he is due no more"
            bundle.wrong.note("members.csv", told.line, "number", found, expected)
        if len(told.payments) > MOST_OF_A_KIND:
            bundle.wrong.note(
                "members.csv", told.line, "number", "more payments", f"at most {MOST_OF_A_KIND}"
            )
    in_parts = sum(each.amount_fen for each in case.instalments)
    agreed_fen = sum(told.agreed_fen or 0 for told in case.members)
    if case.instalments and in_parts != agreed_fen:
        expected = f"instalments of {yuan(agreed_fen)} in all, as was agreed"
        bundle.wrong.note("cases.csv", case.line, "number", yuan(in_parts), expected)
    if len(case.instalments) > MOST_OF_A_KIND:
        bundle.wrong.note("cases.csv", case.line, "number", "more instalments", f"at most {MOST_OF_A_KIND}")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
