# While a message waits, the other side leaves the common channel: the message stays where it is, and its author is told.
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

salma answers:
  أشارك ***
> noted
> consumer: joint-noted (ar)

atlas answers:
  أشارك ***
> noted
> consumer: joint-open (ar)
> merchant: joint-open (ar)
> mediator: joint-open (fr)

nadia answers on desk:
  تهدئة: 6
> noted
> mediator: command-check (fr)

wait 0 days
> on 2026-11-23 the clock rings
> consumer: cool-off (ar)
> merchant: cool-off (ar)

salma answers on joint:
  لم أعد أثق في هذا المتجر، وأريد مالي في أقرب وقت.
> noted
> mediator: message (fr)

atlas answers on joint:
  أحتفظ ***
> noted
> consumer: joint-closed (ar)
> consumer: kept-back (ar)
> merchant: joint-closed (ar)
> mediator: joint-closed (fr)

salma answers:
  هل وصلت رسالتي إلى البائع؟
> noted
> mediator: message (fr)
