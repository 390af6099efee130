# The mediator asks the seller three points: one is answered by number and the rest is asked again at once, once; the second answer stands between the lines of the letter. The buyer answers a point without its number, so nobody is asked again, and the mediator holds it for answered.
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
  DEMANDER V 5 j
  Bonjour, merci de votre retour. Trois choses encore :
  1. À quelle date le colis a-t-il été remis au transporteur ?
  2. Quel transporteur ?
  3. Le colis était-il assuré ?
  Bien à vous
> noted
> merchant: points (fr)
> mediator: points-noted (fr)

atlas answers:
  Bonjour Nadia,
  2) Amana Express
  Merci
> noted
> merchant: points-again (fr)
> mediator: message (fr)

atlas answers:
  1. le 5 novembre
  3. oui
> noted
> mediator: message (fr)

nadia answers:
  DEMANDER A
  1. Un échange vous conviendrait-il, ou seulement un remboursement ?
> noted
> consumer: points (fr)
> mediator: points-noted (fr)

leila answers:
  Bonjour, je préfère nettement être remboursée, je n'ai plus confiance.
> noted
> mediator: message (fr)

nadia answers:
  FICHE
> noted
> mediator: brief (fr)

nadia answers:
  RÉPONDU A 1
> noted
> mediator: points-noted (fr)

nadia answers:
  RÉPONDU A 1
> noted
> mediator: order-help (fr)

nadia answers:
  RELANCER V tout
> noted
> mediator: order-help (fr)

wait 12 days
> on 2026-11-24 the clock rings
> mediator: morning (fr)
> on 2026-11-25 the clock rings
> mediator: morning (fr)
> on 2026-11-26 the clock rings
> mediator: morning (fr)
> on 2026-11-27 the clock rings
> mediator: morning (fr)
> on 2026-11-30 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: exchange-stale (fr)
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> mediator: morning (fr)
