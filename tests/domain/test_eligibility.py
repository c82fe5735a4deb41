"""Who can get legal aid, by which article, and where the claim can be brought."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.hardship import load_hardship
from schemas.codes import (
    CASE_TYPES,
    ELIGIBILITY_REASONS,
    EXEMPTIONS,
    LEGAL_BASES,
    RELATIONS,
    WORKER_CLASSES,
    CaseType,
    EvidenceCode,
    ExemptionCode,
    Relation,
    WorkerClass,
)
from schemas.ids import Division
from services.intake.domain.eligibility import SCOPE, Circumstances, Eligibility, eligibility

HARDSHIP = load_hardship()
TODAY = date(2026, 3, 2)


def of(
    case_type: str,
    worker_class: str = "migrant-worker",
    relation: str = "labour",
    work: str = "442000",
    *,
    evidence: tuple[str, ...] = (),
    exemptions: tuple[str, ...] = (),
    income_fen: int | None = None,
) -> Eligibility:
    """What the law says of these circumstances today."""
    found = Circumstances(
        case_type=CaseType(case_type),
        worker_class=WorkerClass(worker_class),
        relation=Relation(relation),
        work=Division(work),
        evidence=tuple(map(EvidenceCode, evidence)),
        exemptions=tuple(map(ExemptionCode, exemptions)),
        income_fen=income_fen,
    )
    return eligibility(found, HARDSHIP, on=TODAY)


def ways(found: Eligibility) -> list[tuple[str, str]]:
    """Beside mediation."""
    return [(way.forum, way.reason) for way in found.forums if way.forum != "mediation"]


@pytest.mark.parametrize("case_type", ["wage-arrears", "work-injury"])
def test_migrant_workers_who_claim_pay_or_for_a_work_injury_are_exempt(case_type: str) -> None:
    found = of(case_type, income_fen=10_000_000)

    assert (found.in_scope, found.means, found.standard) == (True, "exempt", None)
    assert [reason.article for reason in found.means_reasons] == ["LAL-42-3"]


@pytest.mark.parametrize("case_type", ["traffic-accident", "death-compensation", "social-insurance"])
def test_other_claims_of_migrant_workers_are_not_exempt(case_type: str) -> None:
    found = of(case_type)

    assert (found.means, found.means_reasons[0].code) == ("to-be-checked", "income-not-known")


def test_pay_of_who_is_no_migrant_worker_is_compared_with_the_standard_of_the_province() -> None:
    assert of("wage-arrears", "other", income_fen=208_000).means == "within"
    above = of("wage-arrears", "other", income_fen=208_001)
    assert (above.means, above.means_reasons[0].article) == ("above", "LAL-34")
    assert above.standard is not None
    assert (above.standard.version, above.standard.confirmed) == ("means:44:2025-03-01", False)


def test_without_a_figure_of_the_province_means_are_to_be_checked() -> None:
    found = of("wage-arrears", "other", work="320000", income_fen=0)

    assert (found.means, found.means_reasons[0].code) == ("to-be-checked", "standard-not-known")


@pytest.mark.parametrize(
    ("exemption", "article"),
    [("brave-conduct", "LAL-32"), ("no-fixed-income", "LAL-42-1"), ("on-relief", "LAL-42-2")],
)
def test_other_exemptions_rest_on_their_own_articles(exemption: str, article: str) -> None:
    found = of("traffic-accident", exemptions=(exemption,))

    assert found.means == "exempt"
    assert [(reason.code, reason.article) for reason in found.means_reasons] == [(exemption, article)]


def test_a_matter_that_the_law_does_not_name_is_in_scope_only_where_the_province_says_so() -> None:
    found = of("neighbours")

    assert (found.in_scope, found.scope.article) == (False, "LAL-31-9")


def test_a_labour_dispute_goes_to_arbitration_unless_there_is_a_wage_iou() -> None:
    assert ways(of("work-injury")) == [("arbitration", "arbitration-first")]
    assert ways(of("wage-arrears")) == [
        ("labour-inspection", "inspection-may-order-payment"),
        ("arbitration", "arbitration-first"),
    ]
    assert ways(of("wage-arrears", evidence=("wage-iou",)))[1:] == [("court", "wage-iou")]
    assert ways(of("labour-relation", evidence=("wage-iou",))) == [("arbitration", "arbitration-first")]


def test_without_a_labour_relation_one_sues() -> None:
    assert ways(of("service-pay", relation="service")) == [("court", "no-labour-relation")]
    assert ways(of("traffic-accident")) == [("court", "against-who-caused-it")]


@pytest.mark.parametrize("relation", ["quasi", "unknown"])
def test_both_ways_are_open_while_the_relation_is_not_settled(relation: str) -> None:
    reason = f"relation-{relation}"

    assert ways(of("work-injury", relation=relation)) == [("arbitration", reason), ("court", reason)]


def test_every_known_case_type_has_its_article() -> None:
    assert set(SCOPE) == set(CASE_TYPES)


@given(
    st.sampled_from([*CASE_TYPES, "another"]),
    st.sampled_from([*WORKER_CLASSES, "another"]),
    st.sampled_from([*RELATIONS, "another"]),
    st.sets(st.sampled_from([*EXEMPTIONS, "another"])),
    st.none() | st.integers(0, 10**9),
)
def test_all_that_is_said_has_words_and_some_way_is_open(
    case_type: str, worker_class: str, relation: str, exemptions: set[str], income_fen: int | None
) -> None:
    found = of(case_type, worker_class, relation, exemptions=tuple(sorted(exemptions)), income_fen=income_fen)
    reasons = [found.scope, *found.means_reasons]

    assert {each.code for each in (*reasons,)} <= {*ELIGIBILITY_REASONS, *EXEMPTIONS}
    assert {each.article for each in reasons} | {way.article for way in found.forums} <= set(LEGAL_BASES)
    assert ways(found)
    assert (found.means == "exempt") == (found.standard is None)
