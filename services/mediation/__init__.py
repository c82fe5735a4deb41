"""Mediation: what the owner does with a case, from acceptance to evaluation, and each member's money.

Owns: Matter (the work of the owning agency), Claim (what one member claims, is due and received).
Consumes: custody.begun, custody.placed, custody.ended; member.joined, member.left; application.amended,
application.info_requested, application.supplied, application.withdrawn.
Emits: matter.*, review.*, clock.breached, aid.*, objection.*, assignment.*, engagement.signed, mediation.*,
litigation.*, agreement.*, confirmation.*, arbitration_review.*, arbitration.*, payment_order.*,
enforcement.*, file.*, limitation.*, right.*, referral.*, evaluation.completed; claim.*,
recovery.recorded.
"""
