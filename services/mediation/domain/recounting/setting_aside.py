"""A final award that the employer would have set aside; its enforcement stands still, goes on, or ends."""

from schemas.matters import (
    MatterEvent,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from schemas.past import PastAct
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.keys import challenged_key
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.remedies import Opener
from services.mediation.domain.setting_aside import NOT_SET_ASIDE, WITHDRAWN, court_of
from services.mediation.domain.suspending import end, go_on, suspend


def challenged(matter: Matter, done: PastAct, kept: Kept) -> list[MatterEvent]:
    said, part = matter.said(done.at), done.part
    if done.code == "set-aside-applied" and done.body and done.challenge:
        return [SettingAsideApplied(**said, court=done.body, because=done.challenge, part=part)]
    if matter.proceedings.last(ProceedingKind.SETTING_ASIDE, challenged_key(part)) is None:
        return []
    court = court_of(matter, part)
    match done.code:
        case "set-aside-accepted" if done.docket:
            accepted = SettingAsideAccepted(**said, court=court, docket=done.docket, part=part)
            return [accepted, *suspend(matter, part, at=done.at)]
        case "set-aside-withdrawn":
            withdrawn = SettingAsideWithdrawn(**said, court=court, part=part)
            return [withdrawn, *go_on(matter, part, WITHDRAWN, kept.law, at=done.at)]
        case "set-aside-dismissed" if done.docket:
            dismissed = SettingAsideDismissed(**said, court=court, docket=done.docket, part=part)
            return [dismissed, *go_on(matter, part, NOT_SET_ASIDE, kept.law, at=done.at)]
        case "set-aside-granted" if done.docket:
            served_at = done.served_at or done.at
            granted = SettingAsideGranted(
                **said,
                court=court,
                docket=done.docket,
                served_at=served_at,
                remedies=matter.remedies(Opener.SET_ASIDE),
                limit=kept.limit(rule_of(SettingAsideGranted), served_at),
                part=part,
            )
            return [granted, *end(matter, part, at=done.at)]
        case _:
            return []
