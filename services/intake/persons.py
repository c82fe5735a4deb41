"""People as they are entered: whoever applies, who applies for him, and who vouches for him."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schemas.codes import AGENT_AUTHORITIES, MEMBER_ROLES, AgentAuthority, MemberRole
from schemas.entered import entered
from schemas.ids import Division
from services.intake.domain.person import ID_KINDS, NO_PAPER, RESIDENT_ID, born_on, identity_of, read_number


class Body(BaseModel):
    """A request body: unknown fields are errors, and errors do not repeat what was entered."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


Line = Annotated[str, Field(min_length=1, max_length=200)]
AmountFen = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000_000)]
Nationality = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class PapersBody(Body):
    """A name, and the paper that shows it."""

    name: Line
    id_kind: Annotated[str, entered(ID_KINDS)] = RESIDENT_ID
    id_number: Line | None = None
    phone: Line | None = None
    address: Line | None = None

    @model_validator(mode="after")
    def check_number(self) -> Self:
        """A number must be one that can exist, as far as its kind of paper allows to say."""
        if (self.id_kind == NO_PAPER) == (self.id_number is not None):
            raise ValueError("expected the number of the paper, and none where there is no paper")
        if self.id_number is not None:
            read_number(self.id_kind, self.id_number)
        return self

    def sealable(self) -> dict[str, Any]:
        """What goes into the vault, and travels sealed with the case."""
        return self.model_dump(mode="json", exclude_none=True)


class GuarantorBody(PapersBody):
    """Who vouches that a person without a paper is who he says he is."""

    @model_validator(mode="after")
    def check_known(self) -> Self:
        """Whoever vouches for another must be known himself."""
        if self.id_kind == NO_PAPER:
            raise ValueError("expected somebody with a paper of his own")
        return self


class AgentBody(PapersBody):
    """Who applies for a member: a parent, a relative, a representative."""

    authority: Annotated[AgentAuthority, entered(AGENT_AUTHORITIES)]

    @model_validator(mode="after")
    def check_known(self) -> Self:
        """Whoever acts for another must be known himself."""
        if self.id_kind == NO_PAPER:
            raise ValueError("expected somebody with a paper of his own")
        return self


class PersonBody(PapersBody):
    """A person and his papers; sealed before anything is kept."""

    nationality: Nationality | None = None
    """ISO 3166, three letters; left out for citizens."""
    born: date | None = None
    """Where the number of his paper does not state it."""
    bank_account: Line | None = None
    guarantor: GuarantorBody | None = None
    """Who vouches for him, where he has no paper."""

    @model_validator(mode="after")
    def check_vouched(self) -> Self:
        """A person without a paper needs somebody who vouches for him."""
        if self.id_kind == NO_PAPER and self.guarantor is None:
            raise ValueError("expected a guarantor of a person without a paper")
        return self

    @property
    def born_on(self) -> date | None:
        """The date that his paper states comes before the one that was said."""
        return born_on(self.id_kind, self.id_number) or self.born

    @property
    def identity(self) -> str:
        """What his pseudonym is made of: without a paper, he is who his guarantor says he is."""
        vouched = identity_of(self.guarantor.sealable(), otherwise="") if self.guarantor else ""
        return identity_of(self.sealable(), otherwise=f"{self.name}/{vouched}" if vouched else self.name)


class MemberBody(PersonBody):
    """One worker, heir or co-applicant."""

    role: Annotated[MemberRole, entered(MEMBER_ROLES)] = MemberRole("worker")
    claim_fen: AmountFen = 0
    """What he claims, in fen; 0 if it is not known yet."""
    home: Division | None = None
    """Division of his household register, where it differs from the case's."""
    agent: AgentBody | None = None
    """Who applies for him."""

    def sealable(self) -> dict[str, Any]:
        """The person alone: role, claim and home are said beside."""
        return self.model_dump(mode="json", exclude_none=True, exclude={"role", "claim_fen", "home"})
