# Each side copies the mediator's proposal into a private answer; it is theirs to copy, and no letter stays away for it.
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
  1) Le vendeur rembourse 1 350 DH par virement, avant le 20 décembre 2026.
  2) L'acheteuse retire son avis public du site de la boutique, avant le 22 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

leila answers:
  Bonjour Madame, vous écrivez : « L'acheteuse retire son avis public du site de la boutique, avant le 22 décembre 2026. » Est-ce définitif ?
> noted
> mediator: message (fr)

atlas answers:
  Bonjour, « Le vendeur rembourse 1 350 DH par virement, avant le 20 décembre 2026 » nous convient à peu près.
> noted
> mediator: message (fr)

wait 6 days
> on 2026-11-27 the clock rings
> mediator: morning (fr)
> on 2026-11-30 the clock rings
> consumer: proposal-reminder (fr)
> merchant: proposal-reminder (fr)
> mediator: morning (fr)

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
