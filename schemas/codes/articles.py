"""The articles that acts and refusals rest on."""

from typing import Annotated, Final, NewType

from pydantic import StringConstraints

from schemas.codes.known import Known
from schemas.ids import Wording

LEGAL_BASES: Final = {
    code: Wording(zh, en)
    for code, zh, en in (
        ("LAL-31", "法律援助法第三十一条", "Legal Aid Law Art. 31: scope"),
        ("LAL-31-2", "法律援助法第三十一条第二项", "Legal Aid Law Art. 31(2): social insurance, relief"),
        ("LAL-31-5", "法律援助法第三十一条第五项", "Legal Aid Law Art. 31(5): labour relation, pay"),
        ("LAL-31-7", "法律援助法第三十一条第七项", "Legal Aid Law Art. 31(7): personal injury"),
        ("LAL-31-9", "法律援助法第三十一条第九项", "Legal Aid Law Art. 31(9): what other laws add"),
        ("LAL-32", "法律援助法第三十二条", "Legal Aid Law Art. 32: whoever's means do not matter"),
        ("LAL-34", "法律援助法第三十四条", "Legal Aid Law Art. 34: standard of hardship"),
        ("LAL-38", "法律援助法第三十八条", "Legal Aid Law Art. 38: competence"),
        ("LAL-41", "法律援助法第四十一条", "Legal Aid Law Art. 41: check of means"),
        ("LAL-42-1", "法律援助法第四十二条第一项", "Legal Aid Law Art. 42(1): exempt from the check"),
        ("LAL-42-2", "法律援助法第四十二条第二项", "Legal Aid Law Art. 42(2): exempt from the check"),
        ("LAL-42-3", "法律援助法第四十二条第三项", "Legal Aid Law Art. 42(3): exempt from the check"),
        ("LAL-43", "法律援助法第四十三条", "Legal Aid Law Art. 43: review, grant, assignment"),
        ("LAL-44", "法律援助法第四十四条", "Legal Aid Law Art. 44: aid in advance"),
        ("LAL-48", "法律援助法第四十八条", "Legal Aid Law Art. 48: termination"),
        ("LAL-49", "法律援助法第四十九条", "Legal Aid Law Art. 49: objection"),
        (
            "LDMAL-2",
            "劳动争议调解仲裁法第二条",
            "Labour Dispute Mediation and Arbitration Law Art. 2: which disputes",
        ),
        (
            "LDMAL-5",
            "劳动争议调解仲裁法第五条",
            "Labour Dispute Mediation and Arbitration Law Art. 5: mediation, arbitration, suit",
        ),
        ("LDMAL-14", "劳动争议调解仲裁法第十四条", "Labour Dispute Mediation and Arbitration Law Art. 14"),
        (
            "LDMAL-27",
            "劳动争议调解仲裁法第二十七条",
            "Labour Dispute Mediation and Arbitration Law Art. 27: limitation",
        ),
        ("CIVIL-CODE-188", "民法典第一百八十八条", "Civil Code Art. 188: limitation of three years"),
        ("CPL-122", "民事诉讼法第一百二十二条", "Civil Procedure Law Art. 122: when a suit is heard"),
        (
            "LABOUR-INSPECTION-11",
            "劳动保障监察条例第十一条",
            "Regulation on Labour Inspection Art. 11: what is inspected",
        ),
        (
            "NEW-FORM-2021-56",
            "人社部发〔2021〕56号",
            "guidance of 2021 on workers in new forms of work (Document 56)",
        ),
        ("PML-31", "人民调解法第三十一条", "People's Mediation Law Art. 31: effect of the agreement"),
        (
            "SPC-LABOUR-1-15",
            "劳动争议司法解释（一）第十五条",
            "SPC Interpretation I on labour disputes Art. 15",
        ),
        (
            "SPC-LABOUR-1-51",
            "劳动争议司法解释（一）第五十一条",
            "SPC Interpretation I on labour disputes Art. 51: breached pay agreement",
        ),
        (
            "SPC-LABOUR-1-25",
            "劳动争议司法解释（一）第二十五条",
            "SPC Interpretation I on labour disputes Art. 25: no execution while an award is being set aside",
        ),
        (
            "CPL-237",
            "民事诉讼法第二百三十七条",
            "Civil Procedure Law Art. 237: what is not executed in six months",
        ),
        (
            "SPC-LABOUR-1-17",
            "劳动争议司法解释（一）第十七条",
            "SPC Interpretation I on labour disputes Art. 17: an award, worker by worker",
        ),
        ("PML-32", "人民调解法第三十二条", "People's Mediation Law Art. 32: suit over an agreement"),
        ("PML-33", "人民调解法第三十三条", "People's Mediation Law Art. 33: judicial confirmation"),
        ("LDMAL-15", "劳动争议调解仲裁法第十五条", "Labour Dispute Mediation and Arbitration Law Art. 15"),
        (
            "LDMAL-16",
            "劳动争议调解仲裁法第十六条",
            "Labour Dispute Mediation and Arbitration Law Art. 16: payment order",
        ),
        (
            "LDMAL-29",
            "劳动争议调解仲裁法第二十九条",
            "Labour Dispute Mediation and Arbitration Law Art. 29: acceptance, silence, refusal",
        ),
        (
            "LDMAL-35",
            "劳动争议调解仲裁法第三十五条",
            "Labour Dispute Mediation and Arbitration Law Art. 35: notice of a hearing, postponement",
        ),
        (
            "LDMAL-36",
            "劳动争议调解仲裁法第三十六条",
            "Labour Dispute Mediation and Arbitration Law Art. 36: who does not come to a hearing",
        ),
        (
            "LDMAL-44",
            "劳动争议调解仲裁法第四十四条",
            "Labour Dispute Mediation and Arbitration Law Art. 44: advance execution",
        ),
        (
            "LDMAL-49",
            "劳动争议调解仲裁法第四十九条",
            "Labour Dispute Mediation and Arbitration Law Art. 49: a final award is set aside",
        ),
        (
            "LDMAL-43",
            "劳动争议调解仲裁法第四十三条",
            "Labour Dispute Mediation and Arbitration Law Art. 43: time for the award",
        ),
        (
            "LDMAL-47",
            "劳动争议调解仲裁法第四十七条",
            "Labour Dispute Mediation and Arbitration Law Art. 47: final awards",
        ),
        (
            "LDMAL-50",
            "劳动争议调解仲裁法第五十条",
            "Labour Dispute Mediation and Arbitration Law Art. 50: suit after an award",
        ),
        (
            "LABOUR-ARBITRATION-RULES-74",
            "劳动人事争议仲裁办案规则第七十四条",
            "Rules on Labour Arbitration (2017) Art. 74: review of a mediated agreement",
        ),
        (
            "LDMAL-51",
            "劳动争议调解仲裁法第五十一条",
            "Labour Dispute Mediation and Arbitration Law Art. 51: enforcement",
        ),
        (
            "LABOUR-INSPECTION-17",
            "劳动保障监察条例第十七条",
            "Regulation on Labour Inspection Art. 17: time for the investigation",
        ),
        (
            "LABOUR-INSPECTION-18",
            "劳动保障监察条例第十八条",
            "Regulation on Labour Inspection Art. 18: what follows the investigation",
        ),
        (
            "LABOUR-INSPECTION-21",
            "劳动保障监察条例第二十一条",
            "Regulation on Labour Inspection Art. 21: disputes that go to arbitration",
        ),
        (
            "LABOUR-INSPECTION-RULES-18",
            "关于实施《劳动保障监察条例》若干规定第十八条",
            "Rules on Labour Inspection (2004) Art. 18: acceptance of a complaint",
        ),
        (
            "LABOUR-INSPECTION-RULES-44",
            "关于实施《劳动保障监察条例》若干规定第四十四条",
            "Rules on Labour Inspection (2004) Art. 44: an order that is not obeyed is enforced by a court",
        ),
        ("LCL-85", "劳动合同法第八十五条", "Labour Contract Law Art. 85: compensation on top of pay"),
        (
            "CRIMINAL-276-1",
            "刑法第二百七十六条之一",
            "Criminal Law Art. 276-1: pay that is refused after it was ordered",
        ),
        ("NOTARY-30", "公证法第三十条", "Notarisation Law Art. 30: time for the certificate"),
        ("NOTARY-37", "公证法第三十七条", "Notarisation Law Art. 37: notarised claims are enforced"),
        (
            "CPL-249",
            "民事诉讼法第二百四十九条",
            "Civil Procedure Law Art. 249: enforcement of notarised claims",
        ),
        ("LCL-30", "劳动合同法第三十条", "Labour Contract Law Art. 30: payment order"),
        ("CPL-56", "民事诉讼法第五十六条", "Civil Procedure Law Art. 56: representatives"),
        ("CPL-171", "民事诉讼法第一百七十一条", "Civil Procedure Law Art. 171: appeal"),
        ("CPL-225", "民事诉讼法第二百二十五条", "Civil Procedure Law Art. 225: payment order"),
        ("CPL-227", "民事诉讼法第二百二十七条", "Civil Procedure Law Art. 227: objection to a payment order"),
        ("CPL-228", "民事诉讼法第二百二十八条", "Civil Procedure Law Art. 228: end of a payment order"),
        ("CPL-247", "民事诉讼法第二百四十七条", "Civil Procedure Law Art. 247: enforcement of judgments"),
        ("WAGES-10", "保障农民工工资支付条例第十条", "Wages Regulation Art. 10: reports are handed on"),
        (
            "WAGES-30",
            "保障农民工工资支付条例第三十条",
            "Wages Regulation Art. 30: general contractor pays first",
        ),
        ("WAGES-45", "保障农民工工资支付条例第四十五条", "Wages Regulation Art. 45: legal aid for wages"),
        ("PIPL-13-3", "个人信息保护法第十三条第三项", "Personal Information Protection Law Art. 13(3)"),
        (
            "PIPL-23",
            "个人信息保护法第二十三条",
            "Personal Information Protection Law Art. 23: separate consent",
        ),
        ("PIPL-47", "个人信息保护法第四十七条", "Personal Information Protection Law Art. 47: deletion"),
        ("AGREEMENT", "协作协议", "an agreement between the agencies"),
        (
            "LOCAL-ACCEPTANCE-DISPUTE",
            "河南第二十八条等地方规定：共同上级决定",
            "local rules, such as Henan Art. 28: the common superior decides",
        ),
    )
}
LegalBasis = NewType(
    "LegalBasis", Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,63}$"), Known(LEGAL_BASES)]
)
"""The article that an act or a refusal rests on: law, article, paragraph. Local rules add their own."""
