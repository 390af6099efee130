# A mediator is ready when the seller wishes for one; the seller's wish begins the mediation, and the mediator steps down while the proposal is open.
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

atlas answers:
  MÉDIATION ***
> advanced; exchange
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 1 350 DH par virement, avant le 20 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: acceptance-noted (fr)

nadia answers:
  REFUSER ***
> advanced; assigning
> consumer: mediator-changed (fr)
> merchant: mediator-changed (fr)
> operator: assignment (fr)

atlas answers:
  PROPOSER
  1) Nous remboursons 1 400 DH sous 15 jours.
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal-sent (fr)

leila answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
