# Both sides write what a person must read.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

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

leila answers:
  Je voudrais parler à un humain s'il vous plaît.
> noted
> consumer: received (fr)
> operator: attention (fr)

leila answers:
  Voici une précision : le colis devait arriver le 6 novembre.
> noted
> operator: attention (fr)

atlas answers:
  Bonjour, notre comptable est absent cette semaine.
> noted
> merchant: received (fr)
> operator: attention (fr)

atlas answers:
  Nous proposons un avoir de 800 DH à la place.
> noted
> merchant: proposal-help (fr)
> operator: attention (fr)

atlas answers:
  Nous ne sommes pas concernés, ce n'est pas notre boutique.
> advanced; misdirected
> operator: attention (fr)

atlas answers:
  Je veux parler à un responsable.
> noted
> operator: attention (fr)

atlas answers:
  MÉDIATION
> noted
> merchant: charter-asked (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)
