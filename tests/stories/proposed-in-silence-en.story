# The seller wakes up after the time with a proposal; the buyer accepts it.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

sarah writes:
  Subject: Order never received
  Hello,
  my name is Sarah Amrani. I ordered shoes on 3 November 2026 on boutique-atlas.example (order AT-48213, 450 MAD).
  The parcel never arrived and the shop does not answer. I want a full refund.
  Sarah Amrani
> opened; incomplete
> consumer: acknowledgement (en)

sarah answers:
  CONFIRM ***
> advanced; screening
> consumer: file-complete (en)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example en
> advanced; invited
> consumer: admitted (en)
> merchant: invitation (en)

wait 10 working days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (en)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (en)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (en)

wait 1 days
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (en)
> operator: silence (fr)

atlas answers:
  PROPOSE
  1) The seller refunds 450 MAD within 2 weeks.
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

sarah answers:
  DONE ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (en)
> merchant: closed-performed (en)
