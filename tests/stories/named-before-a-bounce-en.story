# A mediator is ready before the seller answers; a letter comes back; the seller's wish begins the mediation at once. The buyer leaves it.
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

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (en)
> merchant: mediator-named (en)
> mediator: mission-accepted (fr)

wait 8 days
> on 2026-11-25 the clock rings
> mediator: morning (fr)
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (en)
> on 2026-11-30 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)

the letter to atlas bounces
> bounce; unreachable
> operator: undeliverable (fr)

atlas answers:
  MEDIATION ***
> advanced; exchange
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)

sarah answers:
  HUMAN
> noted
> mediator: message (fr)

sarah answers:
  END ***
> advanced; closed ENDED_BY_CONSUMER
> consumer: closed-ended (en)
> merchant: closed-ended (en)
> mediator: case-moved (fr)
