# A mediator puts a case off until a day, in three languages; a day that cannot be is refused, and the first working day of the week tells what comes in it.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

nadia answers:
  RAPPELER bientôt
> noted
> mediator: snooze-help (fr)

nadia answers:
  RAPPELER jeudi
> noted
> mediator: snoozed (fr)

wait 1 working days

wait 1 working days

wait 1 working days
> on 2026-11-26 the clock rings
> mediator: morning (fr)

nadia answers:
  SNOOZE 31 December 2027
> noted
> mediator: snooze-help (fr)

nadia answers:
  SNOOZE 10 days
> noted
> mediator: snoozed (fr)

wait 2 working days
> on 2026-11-30 the clock rings
> mediator: morning (fr)

nadia answers:
  ذكرني غدا
> noted
> mediator: snoozed (fr)

wait 1 working days
> on 2026-12-01 the clock rings
> mediator: morning (fr)
