# Who writes after the end changes nothing, learns so at the registered address, once a day, and a person reads it. A stranger learns nothing.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
eve is consumer eve@ailleurs.example
registrar is operator registrar@elitige.example

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
  RETIRER ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (fr)

leila answers:
  Bonjour, finalement le vendeur ne m'a rien remboursé. Pouvez-vous reprendre ?
> held:closed
> consumer: after-closing (fr)
> operator: held-digest (fr)

leila answers:
  Je reste à votre disposition pour tout autre renseignement.
> held:closed

eve answers the letter to leila:
  Bonjour, je voudrais savoir où en est ce dossier.
> held:unknown-sender

leila writes:
  Subject: Encore moi
  Bonjour, je vous écris au sujet d'un autre achat : un aspirateur, commande n° ZD-77120 sur zellij-deco.example, arrivé cassé, 900 DH.
  Je demande le remboursement.
> opened; incomplete
> consumer: acknowledgement (fr)
