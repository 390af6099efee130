# What comes with a mail is cleaned and told to whoever hears the words, and to nobody else; what cannot be cleaned stays behind.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

work is consumer l.bennani@travail.example

leila writes:
  Subject: Commande jamais reçue
  Attach: commande.jpg
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

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

leila answers:
  Attach: IMG-leila-bennani.jpg
  Bonjour Madame, voici la photo du colis.
> noted
> mediator: message (fr) + piece-1.jpg

nadia answers on consumer-private:
  Attach: modele.pdf
  Attach: modele.doc
  Merci Madame. Voici un modèle de lettre.
> noted
> consumer: message (fr) + piece-1.pdf

atlas answers:
  Attach: suivi.txt
  Bonjour, voici le suivi du transporteur.
> noted
> mediator: message (fr) + piece-1.txt

nadia answers on merchant-private:
  Attach: question.pdf
  Merci. Que pouvez-vous proposer ?
> noted
> merchant: message (fr) + piece-1.pdf

atlas answers unsigned:
  Attach: entrepot.jpg
  Bonjour, voici une photo de notre entrepôt.
> held:not-authenticated
> operator: held-digest (fr)

registrar answers:
  LIBÉRER # ***
> ordered
> mediator: message (fr) + piece-1.jpg

leila writes:
  Subject: Le reçu
  Attach: recu.jpg
  Bonjour Madame, voici aussi le reçu de ma banque.
> noted
> mediator: message (fr) + piece-1.jpg

work answers the letter to leila:
  Attach: facture.pdf
  Bonjour Madame, voici aussi la facture.
> held:unknown-sender
> consumer: challenge (fr)

leila answers:
  OUI ***
> noted
> mediator: message (fr) + piece-1.pdf
