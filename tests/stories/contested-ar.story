# The seller contests; the mediator gives the case back, then lets the time pass, and the registrar closes it.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

salma writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

salma answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example ar
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (ar)

atlas answers:
  وساطة ***
> advanced; assigning
> consumer: mediation-agreement (ar)
> merchant: mediation-agreement (ar)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (ar)
> merchant: mediator-named (ar)
> mediator: mission-accepted (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 2 100 DH avant le 10 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal (ar)
> mediator: proposal-sent (fr)

salma answers:
  أقبل ***
> noted
> consumer: acceptance-noted (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)
> mediator: case-moved (fr)

wait 20 days
> on 2026-12-10 the clock rings
> consumer: performance-check (ar)

salma answers:
  لم-يتم ***
> advanced; contested
> consumer: not-performed-noted (ar)
> merchant: not-performed (ar)
> operator: attention (fr)

atlas answers:
  أعترض ***
  قمنا بالتحويل يوم 8 دجنبر.
> advanced; disputed
> consumer: performance-unclear (ar)
> merchant: performance-unclear (ar)
> mediator: contested (fr)
> mediator: message (fr)

wait 9 days
> on 2026-12-15 the clock rings
> mediator: morning (fr)
> on 2026-12-16 the clock rings
> mediator: morning (fr)
> on 2026-12-17 the clock rings
> mediator: morning (fr)
> on 2026-12-18 the clock rings
> mediator: morning (fr)
> on 2026-12-21 the clock rings
> mediator: contested (fr)
> mediator: morning (fr)
> on 2026-12-22 the clock rings
> mediator: contested (fr)
> mediator: morning (fr)
> on 2026-12-23 the clock rings
> mediator: morning (fr)

nadia answers:
  FIN
> noted
> mediator: command-check (fr)

wait 1 days
> on 2026-12-23 the clock rings; contested
> operator: attention (fr)

atlas answers:
  أعترض ***
> advanced; disputed
> consumer: performance-unclear (ar)
> merchant: performance-unclear (ar)
> mediator: contested (fr)

wait 12 days
> on 2026-12-25 the clock rings
> mediator: morning (fr)
> on 2026-12-28 the clock rings
> mediator: morning (fr)
> on 2026-12-29 the clock rings
> mediator: contested (fr)
> mediator: morning (fr)
> on 2026-12-30 the clock rings
> mediator: morning (fr)
> on 2026-12-31 the clock rings
> mediator: morning (fr)
> on 2027-01-04 the clock rings
> mediator: contested (fr)
> mediator: morning (fr)
> on 2027-01-04 the clock rings; contested
> operator: attention (fr)

registrar answers:
  CLORE ***
> advanced; closed AGREEMENT_NOT_HONOURED
> consumer: closed-not-honoured (ar)
> merchant: closed-not-honoured (ar)
> mediator: case-moved (fr)
