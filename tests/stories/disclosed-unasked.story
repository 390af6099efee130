# A court asks for the dates of the mediation: the registrar tells them and says so to both sides, also after the end; a danger is told to nobody else.
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

the registrar discloses unasked:
  enforcement
  Le tribunal de commerce de Casablanca

  Homologation de l'accord
  told
> not done

the registrar discloses unasked:
  law
  Le tribunal de commerce de Casablanca
  Les dates de la médiation
  Une ordonnance du 20 novembre 2026
  told
> done
> consumer: disclosure-made (fr)
> merchant: disclosure-made (fr)

the registrar discloses unasked:
  threat
  La police
  Une menace écrite
  Un danger immédiat pour une personne
  untold
> done

leila answers:
  FIN ***
> advanced; closed ENDED_BY_CONSUMER
> consumer: closed-ended (fr)
> merchant: closed-ended (fr)
> mediator: case-moved (fr)

the registrar discloses unasked:
  authority
  La CNDP
  Le registre des traitements de la médiation
  Un contrôle du 2 décembre 2026
  told
> done
> consumer: disclosure-made (fr)
> merchant: disclosure-made (fr)
