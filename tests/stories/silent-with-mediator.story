# A mediator was named before the seller answered, and steps down for another one; the seller is silent, then wishes the mediation, which begins at once.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example
sami is mediator sami@mediateurs.example

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
  ADMETTRE *** service@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

nadia answers:
  REFUSER ***
> noted
> consumer: mediator-changed (fr)
> merchant: mediator-changed (fr)
> operator: assignment (fr)

the registrar names sami
> named
> mediator: mission (fr)

sami answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

wait 10 working days
> on 2026-11-25 the clock rings
> mediator: morning (fr)
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-11-30 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (fr)
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (fr)
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> mediator: morning (fr)

wait 1 days
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (fr)
> operator: silence (fr)

atlas answers:
  MÉDIATION ***
> advanced; exchange
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)

sami answers:
  REFUSER ***
> advanced; assigning
> consumer: mediator-changed (fr)
> merchant: mediator-changed (fr)
> operator: assignment (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
