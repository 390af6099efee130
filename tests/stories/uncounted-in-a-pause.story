# The mediator pauses over a proposal; both sides accept meanwhile, hear that it does not count yet, and the mediator hears them.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
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

nadia answers:
  PAUSE
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-23 the clock rings; interrupted
> consumer: paused (fr)
> merchant: paused (fr)
> mediator: case-moved (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: not-counted (fr)
> mediator: message (fr)

atlas answers:
  ACCEPTER ***
  Nous avons hâte d’en finir.
> noted
> merchant: not-counted (fr)
> mediator: message (fr)

leila answers:
  REPRENDRE
> noted
> mediator: message (fr)

wait 2 days

nadia answers:
  REPRENDRE
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-26 the clock rings; proposal
> consumer: resumed (fr)
> merchant: resumed (fr)
> mediator: case-moved (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: acceptance-noted (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> mediator: case-moved (fr)
