# Points are answered between the lines of the letter, and each number is given once; a pause stops the time of those that are open, and nobody is chased once the case is closed.
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

nadia answers:
  ASK S
  1. When was the parcel handed to the carrier?
  2. Can you refund by bank transfer?
> noted
> merchant: points (en)
> mediator: points-noted (fr)

atlas answers:
  Hello,
  > 1. When was the parcel handed to the carrier?
  On 5 November.
  > 2. Can you refund by bank transfer?
  Yes, within three days.
> noted
> mediator: message (fr)

nadia answers:
  ASK S
  1. On which day would the refund arrive?
> noted
> merchant: points (en)
> mediator: points-noted (fr)

atlas answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (en)
> merchant: paused (en)
> mediator: case-moved (fr)

wait 12 days

atlas answers:
  RESUME ***
> advanced; exchange
> consumer: resumed (en)
> merchant: resumed (en)
> mediator: case-moved (fr)

wait 9 working days
> on 2026-12-08 the clock rings
> mediator: morning (fr)
> on 2026-12-09 the clock rings
> mediator: morning (fr)
> on 2026-12-10 the clock rings
> mediator: morning (fr)
> on 2026-12-11 the clock rings
> mediator: morning (fr)
> on 2026-12-14 the clock rings
> mediator: morning (fr)
> on 2026-12-15 the clock rings
> mediator: morning (fr)
> on 2026-12-15 the clock rings
> on 2026-12-16 the clock rings
> merchant: points-again (en)
> mediator: morning (fr)
> on 2026-12-17 the clock rings
> mediator: morning (fr)
> on 2026-12-18 the clock rings
> mediator: morning (fr)

nadia answers:
  ASK AGAIN S 3
> noted
> merchant: points-again (en)
> mediator: points-noted (fr)

nadia answers:
  ASK S
  4. Would the buyer have to send anything back?
> noted
> merchant: points (en)
> mediator: points-noted (fr)

sarah answers:
  END ***
> advanced; closed ENDED_BY_CONSUMER
> consumer: closed-ended (en)
> merchant: closed-ended (en)
> mediator: case-moved (fr)
