# One order at a time, and none after the agreement: a second order is refused while the first waits, what the parties propose is told to the mediator, and who steps down then is not replaced.
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
  PROLONGER 15
> noted
> mediator: command-check (fr)

nadia answers:
  FIN la vendeuse ne répond pas
> noted
> mediator: command-waiting (fr)

nadia answers:
  ANNULER ***
> noted
> mediator: command-undone (fr)

nadia answers:
  FIN la vendeuse ne répond pas
> noted
> mediator: command-check (fr)

nadia answers:
  ANNULER ***
> noted
> mediator: command-undone (fr)

leila answers:
  PROPOSER
  1. Le vendeur rembourse 1 300 DH avant le 15 décembre 2026.
> noted
> consumer: proposal-draft (fr)
> mediator: message (fr)

leila answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal-sent (fr)
> merchant: proposal (fr)
> mediator: brief (fr)

atlas answers:
  PROPOSER
  1. Le vendeur rembourse 1 200 DH avant le 15 décembre 2026.
> noted
> merchant: proposal-draft (fr)
> mediator: message (fr)

atlas answers:
  PROPOSER ***
> noted
> consumer: proposal (fr)
> merchant: proposal-sent (fr)
> mediator: brief (fr)

leila answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> mediator: case-moved (fr)

nadia answers:
  DESSAISIR
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-23 the clock rings
> operator: attention (fr)
