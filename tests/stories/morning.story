# Every morning of a working day the mediator is told what waits, and nothing where nothing waits: a mission, her turn, a seller who has not answered; a case that she put off comes back on its day, or when somebody writes.
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

wait 1 working days
> on 2026-11-24 the clock rings
> mediator: morning (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

wait 1 working days
> on 2026-11-25 the clock rings
> mediator: morning (fr)

nadia answers:
  DEMANDER V
  Bonjour, à quelle date le colis a-t-il été remis au transporteur ?
> noted
> merchant: message (fr)

wait 1 working days
> on 2026-11-26 the clock rings
> mediator: morning (fr)

atlas answers:
  Le 5 novembre.
> noted
> mediator: message (fr)

nadia answers:
  RAPPELER 8
> noted
> mediator: snoozed (fr)

wait 2 working days
> on 2026-11-30 the clock rings
> mediator: morning (fr)

leila answers:
  Bonjour, où en est mon dossier ?
> noted
> mediator: message (fr)

wait 1 working days
> on 2026-12-01 the clock rings
> mediator: morning (fr)
