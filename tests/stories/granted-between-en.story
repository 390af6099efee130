# An offer is refused, a mediator is named meanwhile, and when the seller wishes one the mediation begins at once; then the seller simply grants the request.
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

atlas answers:
  PROPOSE
  1) We pay 200 MAD within 15 days.
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  REFUSE ***
> advanced; between
> consumer: proposal-closed (en)
> merchant: proposal-closed (en)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (en)
> merchant: mediator-named (en)
> mediator: mission-accepted (fr)

atlas answers:
  MEDIATION
> noted
> merchant: charter-asked (en)
> mediator: message (fr)

atlas answers:
  MEDIATION ***
> advanced; exchange
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)

nadia answers on merchant-private:
  Bonjour, qu'est-ce qui vous empêche de rembourser ?
> noted
> merchant: message (en)

atlas answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)
> mediator: case-moved (fr)

wait 18 days
> on 2026-12-09 the clock rings
> consumer: performance-check (en)

sarah answers:
  NOT-DONE ***
> advanced; contested
> consumer: not-performed-noted (en)
> merchant: not-performed (en)
> operator: attention (fr)

wait 8 days
> on 2026-12-18 the clock rings
> operator: attention (fr)

registrar answers:
  CLORE ***
> advanced; closed AGREEMENT_NOT_HONOURED
> consumer: closed-not-honoured (en)
> merchant: closed-not-honoured (en)
> mediator: case-moved (fr)
