# A party's new mail that calls the product or the seller otherwise, and names no order: no second case is opened.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 deux lampes dorées sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila writes:
  Subject: Lampe dorée
  Bonjour, j'ai commandé une lampe dorée sur le site atlas-boutique.example et je n'ai toujours rien reçu.
> noted
> consumer: summary (fr)

leila writes:
  Subject: Abat-jour
  Bonjour, j'ai commandé un abat-jour sur le site boutique-atlas.example et je n'ai toujours rien reçu.
> held:needs-a-person
> operator: held-digest (fr)

leila writes:
  Subject: Une autre commande
  Bonjour, j'ai aussi commandé un aspirateur sur le site zellij-deco.example, commande n° ZD-77120, pour 900 DH. Il est arrivé cassé.
  Je demande le remboursement.
> opened; incomplete
> consumer: acknowledgement (fr)
