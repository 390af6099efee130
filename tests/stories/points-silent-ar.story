# The seller says nothing to two points: they are asked again in the morning after the last day, a second silence goes to the mediator, and a late answer under Arabic-Indic numbers still counts. The buyer's private point is known to nobody else.
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
  سؤال: البائع
  ١. متى أُرسل الطرد؟
  ٢. من هي شركة النقل؟
> noted
> merchant: points (ar)
> mediator: points-noted (fr)

nadia answers:
  سؤال: المشتري
  ١- هل تقبلين هاتفا آخر من الطراز نفسه؟
> noted
> consumer: points (ar)
> mediator: points-noted (fr)

salma answers:
  السلام عليكم
  ١) واخا، ولكن خاصو يوصل هاد السيمانة
  شكرا
> noted
> mediator: message (fr)

wait 6 working days
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
> on 2026-11-30 the clock rings
> on 2026-12-01 the clock rings
> merchant: points-again (ar)
> mediator: morning (fr)

wait 6 working days
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> on 2026-12-08 the clock rings
> mediator: morning (fr)
> mediator: points-silent (fr)
> on 2026-12-09 the clock rings
> mediator: morning (fr)

atlas answers:
  ١: ٥ نونبر
  ٢: أمانة
> noted
> mediator: message (fr)

nadia answers:
  ملخص
> noted
> mediator: brief (fr)
