# Whoever complained may stop or wait at any time, in words or with a code.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
omar is consumer omar@post.example
sara is consumer sara@post.example
zineb is consumer zineb@post.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Retard
  Bonjour, je m'appelle Leila Bennani. Ma commande n° AT-48213 du 3 novembre 2026 a du retard, livraison à Tanger.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

leila answers:
  Je retire ma réclamation.
> advanced; svc-resting
> consumer: svc-resting (fr)
> agent: message (fr)

leila answers:
  REPRENDRE ***
> advanced; svc-open
> consumer: resumed (fr)
> agent: svc-turn (fr)

leila answers:
  Je souhaite faire une pause.
> advanced; svc-resting
> consumer: svc-resting (fr)
> agent: message (fr)

wait 16 days
> on 2026-12-07 the clock rings; closed SVC_WITHDRAWN
> consumer: svc-closed (fr)
> agent: svc-closed (fr)

omar writes to atlas:
  Subject: Retard
  Bonjour, je m'appelle Omar Idrissi. Ma commande n° AT-48214 du 3 novembre 2026 a du retard, livraison à Fès.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

omar answers:
  RETIRER ***
> advanced; closed SVC_WITHDRAWN
> consumer: svc-closed (fr)
> agent: svc-closed (fr)

sara writes to atlas:
  Subject: Retard
  Bonjour, je m'appelle Sara Alami. Ma commande n° AT-48215 du 3 novembre 2026 a du retard, livraison à Rabat.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

sara answers:
  RÉGLÉ ***
> advanced; closed SVC_RESOLVED
> consumer: svc-closed (fr)
> agent: svc-closed (fr)

zineb writes to atlas:
  Subject: Retard
  Bonjour, je m'appelle Zineb Fassi. Ma commande n° AT-48216 du 3 novembre 2026 a du retard, livraison à Rabat.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

zineb answers:
  Je retire ma réclamation.
> advanced; svc-resting
> consumer: svc-resting (fr)
> agent: message (fr)

zineb answers:
  REPRENDRE ***
> advanced; svc-open
> consumer: resumed (fr)
> agent: svc-turn (fr)

zineb answers:
  FIN ***
> advanced; closed SVC_WITHDRAWN
> consumer: svc-closed (fr)
> agent: svc-closed (fr)
