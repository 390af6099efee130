# The seller answers after the time, and wishes a mediator; a proposal that both leave unanswered falls, and the buyer takes the request back.
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

wait 10 working days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (ar)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (ar)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (ar)

wait 1 days
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (ar)
> operator: silence (fr)

atlas answers:
  السلام عليكم، نعتذر عن التأخر.
  وساطة ***
> advanced; assigning
> consumer: mediation-agreement (ar)
> merchant: mediation-agreement (ar)
> operator: assignment (fr)

atlas answers:
  وساطة
> noted
> merchant: received (ar)
> operator: attention (fr)

the registrar names nadia
> named
> mediator: mission (fr)

atlas answers:
  وساطة
> noted
> operator: attention (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (ar)
> merchant: mediator-named (ar)
> mediator: mission-accepted (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 2 100 DH avant le 15 janvier 2027.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal (ar)
> mediator: proposal-sent (fr)

wait 6 days
> on 2026-12-11 the clock rings
> mediator: morning (fr)
> on 2026-12-14 the clock rings
> consumer: proposal-reminder (ar)
> merchant: proposal-reminder (ar)
> mediator: morning (fr)

wait 6 days
> on 2026-12-15 the clock rings
> mediator: morning (fr)
> on 2026-12-16 the clock rings
> mediator: morning (fr)
> on 2026-12-17 the clock rings
> consumer: proposal-reminder (ar)
> merchant: proposal-reminder (ar)
> mediator: morning (fr)
> on 2026-12-18 the clock rings
> mediator: morning (fr)
> on 2026-12-18 the clock rings; exchange
> consumer: proposal-closed (ar)
> merchant: proposal-closed (ar)
> mediator: proposal-result (fr)
> on 2026-12-21 the clock rings
> mediator: morning (fr)

salma answers:
  سحب ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (ar)
> merchant: closed-withdrawn (ar)
> mediator: case-moved (fr)
