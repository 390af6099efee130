# A letter came back, and the seller asks for a mediator all the same; the buyer and the seller settle it alone.
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
  MEDIATION ***
> advanced; assigning
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (en)
> merchant: mediator-named (en)
> mediator: mission-accepted (fr)

sarah answers:
  RESOLVED ***
> advanced; closed SETTLED_DIRECT
> consumer: closed-settled (en)
> merchant: closed-settled (en)
> mediator: case-moved (fr)
