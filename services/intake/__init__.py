"""Intake: who applied for what, and the applicants' data.

Owns: Case (the application and where it stands), Member (each worker, heir or co-applicant of it),
    Consultation (advice that somebody asked for).
Consumes: offer.enclosed, custody.begun, custody.ended.
Emits: consultation.opened, handed, closed; application.submitted, linked, completed, info_requested,
    supplied, deemed_withdrawn, withdrawn, adopted, handed_over; representatives.set; member.joined;
    employer.alerted.
"""
