# New mails to the desk from people with an open dispute: what belongs to it is heard in it, another order opens a dispute of its own.
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

leila writes:
  Subject: Des nouvelles ?
  Bonjour, avez-vous des nouvelles de mon dossier ? Le vendeur ne me répond toujours pas au téléphone.
> noted
> operator: attention (fr)

leila writes:
  Subject: Je veux arrêter
  Bonjour, au sujet de la commande AT-48213 : je retire ma demande.
> noted
> consumer: received (fr)
> operator: attention (fr)

atlas writes:
  Subject: Votre message
  Bonjour, nous avons bien reçu votre courrier et nous vérifions auprès du transporteur.
> noted
> merchant: received (fr)
> operator: attention (fr)

leila writes:
  Subject: Une autre commande
  Bonjour, j'ai aussi commandé un aspirateur sur le site zellij-deco.example, commande n° ZD-77120, pour 900 DH. Il est arrivé cassé.
  Je demande le remboursement.
> opened; incomplete
> consumer: acknowledgement (fr)

leila writes:
  Subject: Bonjour
  Bonjour, qu'en est-il de ma réclamation ? Je voudrais bien savoir où nous en sommes.
> held:conflict
> operator: held-digest (fr)

leila writes:
  Subject: Aspirateur
  Bonjour, pour la commande ZD-77120, le vendeur m'a promis un remplacement qui n'est jamais venu.
> noted

atlas writes:
  Subject: Commande 213
  Bonjour, pour la commande n° 213 le remboursement est en attente chez nous.
> held:needs-a-person
