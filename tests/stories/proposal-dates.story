# A day that has passed, or comes before the last day to answer, is refused with the reason; where none is named, the author is told which one was counted.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

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
  PROPOSER
  1) Le vendeur rembourse 500 DH, au plus tard le 1er novembre 2026.
> noted
> merchant: proposal-help (fr)
> operator: attention (fr)

atlas answers:
  PROPOSER
  1) Le vendeur rembourse 500 DH, au plus tard le 26 novembre 2026.
> noted
> merchant: proposal-help (fr)
> operator: attention (fr)

atlas answers:
  PROPOSER
  1) Le vendeur rembourse 500 DH.
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER
  1) Le vendeur rembourse 500 DH avant le 8 décembre 2026.
> noted
> merchant: proposal-draft (fr)

wait 5 days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (fr)

atlas answers:
  PROPOSER ***
> noted
> merchant: proposal-help (fr)
> operator: attention (fr)

atlas answers:
  PROPOSER
  1) Le vendeur rembourse 500 DH avant le 15 décembre 2026.
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
