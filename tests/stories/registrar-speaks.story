# Before anybody mediates: the seller asks something first, the registrar asks the buyer and answers the seller, whose clock begins anew; a buyer who wants a person gets one.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

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
  HUMAIN
  Je ne comprends pas ce que je dois confirmer.
> noted
> consumer: received (fr)
> operator: attention (fr)

registrar answers:
  DEMANDER A Bonjour, le résumé dit-il bien ce que vous demandez ?
> noted
> consumer: message (fr)

leila answers:
  Oui, c'est bien cela, merci.
> noted
> consumer: summary (fr)
> operator: attention (fr)

wait 1 days

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

leila answers:
  HUMAIN
  Faut-il que je vous envoie aussi le bon de commande ?
> noted
> consumer: received (fr)
> operator: attention (fr)

registrar answers:
  DEMANDER A
  Bonjour, oui, volontiers : le bon de commande nous aidera. Vous pouvez le joindre à votre réponse.
> noted
> consumer: message (fr)

leila answers:
  Voici le bon de commande, il porte la date du 3 novembre.
> noted
> operator: attention (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

wait 4 days
> on 2026-11-27 the clock rings
> merchant: invitation-reminder (fr)

atlas answers:
  Bonjour, nous ne retrouvons pas cette commande. Sous quel nom a-t-elle été passée, et le colis devait-il être remis à une autre personne ?
> noted
> merchant: received (fr)
> operator: attention (fr)

registrar answers:
  DEMANDER
  Sous quel nom ?
> noted
> operator: order-help (fr)

registrar answers:
  DEMANDER A
  Le vendeur ne retrouve pas la commande : l'avez-vous passée sous votre nom ? Et pouvons-nous le lui dire ?
> noted
> consumer: message (fr)

leila answers:
  Non, sous celui de ma sœur, qui devait recevoir le colis au bureau. Oui, vous pouvez le lui dire.
> noted
> consumer: received (fr)
> operator: attention (fr)

registrar answers:
  DEMANDER V La commande a été passée par un membre de la famille de l'acheteuse, pour une remise au bureau.
> noted
> merchant: message (fr)

wait 1 days

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> operator: attention (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
