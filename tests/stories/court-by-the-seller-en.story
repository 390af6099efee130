# The seller goes to court, and the mediation ends. In English.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
nadia is mediator nadia@mediateurs.example
atlas is merchant contact@boutique-atlas.example

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
  ADMETTRE *** contact@boutique-atlas.example en
> advanced; invited
> consumer: admitted (en)
> merchant: invitation (en)

atlas answers:
  MEDIATION ***
> advanced; assigning
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)
> operator: assignment (fr)

atlas answers:
  COURT ***
> advanced; closed COURT_SEIZED
> consumer: closed-ended (en)
> merchant: closed-ended (en)
