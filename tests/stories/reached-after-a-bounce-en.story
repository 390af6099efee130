# A letter to the seller came back, yet the seller answers from the address, first with a proposal, then with the wish for a mediator.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

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

wait 8 days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (en)

the letter to atlas bounces
> bounce; unreachable
> operator: undeliverable (fr)

atlas answers:
  PROPOSE
  1) We send the shoes again within 12 days.
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  PROPOSE
  1) The seller refunds 450 MAD by 31 December 2026.
> noted
> consumer: proposal-draft (en)

atlas answers:
  MEDIATION ***
> advanced; assigning
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)
> operator: assignment (fr)

sarah answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal-sent (en)
> merchant: proposal (en)

atlas answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

sarah answers:
  DONE ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (en)
> merchant: closed-performed (en)
