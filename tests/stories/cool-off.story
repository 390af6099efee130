# On the common channel words become heated: the mediator lets messages wait, keeps one back with a word to its author, and one passes by itself in the night. What still waits when the time of calm ends passes then.
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
  ADMETTRE *** service@boutique-atlas.example
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
  APAISER 12 h
> noted
> mediator: order-help (fr)

leila answers:
  PARTAGER ***
> noted
> consumer: joint-noted (fr)

atlas answers:
  PARTAGER ***
> noted
> consumer: joint-open (fr)
> merchant: joint-open (fr)
> mediator: joint-open (fr)

leila answers on joint:
  Bonjour, quand la machine partira-t-elle enfin ?
> noted
> merchant: message (fr)
> mediator: message (fr)

nadia answers on desk:
  APAISER 100 h
> noted
> mediator: order-help (fr)

nadia answers on desk:
  APAISER 12 h
> noted
> mediator: command-check (fr)

wait 0 days
> on 2026-11-23 the clock rings
> consumer: cool-off (fr)
> merchant: cool-off (fr)

leila answers on joint:
  Vous êtes des voleurs, et tout le monde va le savoir.
> noted
> mediator: message (fr)

leila answers:
  Entre nous, je suis surtout inquiète pour mon argent.
> noted
> mediator: message (fr)

nadia answers:
  RETENIR
  Ce mot ne nous aidera pas.
> noted
> mediator: order-help (fr)

nadia answers on joint:
  RETENIR ***
  Je comprends votre colère. Dites plutôt au vendeur ce qui vous inquiète, et jusqu'à quand vous pouvez attendre.
> noted
> consumer: kept-back (fr)

nadia answers on joint:
  RETENIR ***
> noted
> mediator: order-help (fr)

atlas answers:
  Bonjour, qu'a répondu l'acheteuse ? Nous cherchons le bordereau.
> noted
> mediator: message (fr)

nadia answers on merchant-private:
  Bonjour, l'acheteuse écrit ceci : « Vous êtes des voleurs, et tout le monde va le savoir. »
> held:would-leak
> operator: held-digest (fr)

atlas answers on joint:
  Attach: photo.jpg
  Bonjour, la machine est partie du dépôt de Fès ce matin, voici le bordereau.
> noted
> mediator: message (fr) + piece-1.jpg

wait 1 days
> on 2026-11-23 the clock rings
> consumer: message (fr) + piece-1.jpg
> on 2026-11-24 the clock rings
> mediator: morning (fr)
> operator: held-digest (fr)

leila answers on joint:
  Merci, je l'attends jusqu'à vendredi.
> noted
> mediator: message (fr)

nadia answers on desk:
  APAISER FIN
> noted
> mediator: command-check (fr)

wait 0 days
> on 2026-11-24 the clock rings
> consumer: cool-off-over (fr)
> merchant: cool-off-over (fr)
> merchant: message (fr)

atlas answers on joint:
  Entendu, vendredi au plus tard.
> noted
> consumer: message (fr)
> mediator: message (fr)
