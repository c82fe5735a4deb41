"""What partner agencies are told that is about no single case. Topic `partner`, of one agency each."""

from schemas.codes import AlertSubject
from schemas.fields import Public, UtcTime
from schemas.ids import AgencyId, Count, Division, EmployerCode, RuleVersion
from schemas.messages import Message


class AlertTold(Message, type="casebridge.alert.told.v1"):
    """Several applications in a short time are against one employer, or come from one project.

    Who looks at an employer needs no case: none is named. Its `ce_id` is the same however often it is told.
    """

    to: Public[AgencyId]
    """Who is told; the subject, and the key."""
    agency: Public[AgencyId]
    """Who took in the application that reached the figure, and can be asked."""
    about: Public[AlertSubject]
    """What they have in common."""
    employer: Public[EmployerCode | None] = None
    """The employer's code; absent of a project, and where the code is not known."""
    work: Public[Division]
    """Where their workers worked, as the last of them says."""
    since: Public[UtcTime]
    """The time that was looked at: from then to `at`, and never before the last alert."""
    cases: Public[Count]
    """How many applications were received in it."""
    workers: Public[Count]
    """How many workers are in them."""
    threshold: Public[RuleVersion]
    """The figures that were reached; no law sets them."""

    @property
    def subject(self) -> str:
        return self.to
