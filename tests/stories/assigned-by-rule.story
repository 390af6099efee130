# The service names the mediators by rule: the first declines, the second steps down, and then nobody is left; the registrar is told, and names one of tomorrow.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example
sami is mediator sami@mediateurs.example
the service names mediators

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
> mediator: mission (fr)

nadia answers:
  REFUSER ***
> noted
> mediator: mission (fr)

sami answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

sami answers:
  REFUSER ***
> advanced; assigning
> consumer: mediator-changed (fr)
> merchant: mediator-changed (fr)
> operator: nobody-free (fr)

wait 2 working days
> on 2026-11-25 the clock rings
> operator: nobody-free (fr)

leila answers:
  FIN ***
> advanced; closed ENDED_BY_CONSUMER
> consumer: closed-ended (fr)
> merchant: closed-ended (fr)
