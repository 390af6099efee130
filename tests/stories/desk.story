# The mediator runs a case from her mail program: a brief, a question, a note, an order that cannot be read and goes to nobody, words that are passed on with leave, a pause that is taken back.
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
  FICHE
> noted
> mediator: brief (fr)

nadia answers:
  DEMANDER V
  Bonjour, à quelle date le colis a-t-il été remis au transporteur ?
> noted
> merchant: message (fr)

atlas answers:
  Le 5 novembre. Entre nous, notre transporteur l'a perdu.
> noted
> mediator: message (fr)

nadia answers:
  NOTE appel de dix minutes avec l'acheteuse, accord de principe sur un remboursement
> noted

nadia answers:
  APPEL A dix minutes, elle préfère un remboursement rapide
> noted

nadia answers:
  COURRIER V
> noted
> mediator: order-help (fr)

nadia answers:
  FICHE
> noted
> mediator: brief (fr)

nadia answers:
  TRANSMETTRE
  L'acheteuse est prête à transiger.
> noted
> mediator: order-help (fr)

leila answers:
  Entre nous, je me contenterais de 1 200 dirhams si c'est rapide.
> noted
> mediator: message (fr)

nadia answers:
  MASQUER "si vite"
  TRANSMETTRE A
  L'acheteuse se contenterait de 1 200 dirhams si le remboursement est rapide.
> noted
> mediator: order-help (fr)

nadia answers:
  MASQUER "de 1 200 dirhams"
  TRANSMETTRE A
  L'acheteuse se contenterait de 1 200 dirhams si le remboursement est rapide.
> noted
> consumer: share-request (fr)
> mediator: share-asked (fr)

leila answers:
  PARTAGER ***
> noted
> consumer: share-noted (fr)
> merchant: relayed (fr)
> mediator: share-answered (fr)

nadia answers:
  TRANSMETTRE V
  Le transporteur a perdu le colis.
> noted
> merchant: share-request (fr)
> mediator: share-asked (fr)

atlas answers:
  GARDER ***
> noted
> merchant: share-noted (fr)
> mediator: share-answered (fr)

nadia answers:
  RAPPELER 12
> noted
> mediator: snoozed (fr)

nadia answers:
  PAUSE
> noted
> mediator: command-check (fr)

nadia answers:
  ANNULER ***
> noted
> mediator: command-undone (fr)

nadia answers:
  PROLONGER 15
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-23 the clock rings
> consumer: mediation-extended (fr)
> merchant: mediation-extended (fr)
> mediator: mediation-extended (fr)

nadia answers:
  PAUSE
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-24 the clock rings; interrupted
> consumer: paused (fr)
> merchant: paused (fr)
> mediator: case-moved (fr)

nadia answers:
  REPRENDRE
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-25 the clock rings; exchange
> consumer: resumed (fr)
> merchant: resumed (fr)
> mediator: case-moved (fr)

nadia answers:
  FIN
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-11-26 the clock rings; closed NO_AGREEMENT
> consumer: closed-no-agreement (fr)
> merchant: closed-no-agreement (fr)
> mediator: case-moved (fr)
