# A consumer answers about one order with another one: the registrar takes that mail out, and it begins a case of its own. The first one goes on as if it had not come.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
deco is merchant contact@zellij-deco.example

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
  Bonjour, j'ai aussi commandé un aspirateur sur le site zellij-deco.example, commande n° ZD-77120, pour 900 DH. Il est arrivé cassé.
  Je demande un remplacement.
> noted
> consumer: summary (fr)

the registrar splits the case
> done; incomplete
> consumer: acknowledgement (fr)
> consumer: summary (fr)

the registrar splits the case
> not done

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
  Bonjour, nous vérifions auprès du transporteur.
> noted
> merchant: received (fr)
> operator: attention (fr)
