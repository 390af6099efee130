# Whoever has not answered an open proposal is told so, with its terms and codes; whoever has waits for the other side.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
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
  ADMETTRE *** contact@boutique-atlas.example fr
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
  PROPOSER
  1) Le vendeur rembourse 1 200 DH par virement, au plus tard le 28 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

leila answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (fr)
> merchant: paused (fr)
> mediator: case-moved (fr)

wait 1 days

leila answers:
  REPRENDRE ***
> advanced; proposal
> consumer: resumed (fr)
> merchant: resumed (fr)
> mediator: case-moved (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: acceptance-noted (fr)

atlas answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (fr)
> merchant: paused (fr)
> mediator: case-moved (fr)

wait 1 days

atlas answers:
  REPRENDRE ***
> advanced; proposal
> consumer: resumed (fr)
> merchant: resumed (fr)
> mediator: case-moved (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> mediator: case-moved (fr)
