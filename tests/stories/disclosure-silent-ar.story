# The buyer allows a disclosure, the seller says nothing: silence is a no.
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

the registrar asks to disclose:
  بنك الأطلس
  مصلحة النزاعات ببنك الأطلس
  تاريخ الوساطة ونتيجتها
  معالجة اعتراض على الأداء
  2027-01-29
> done
> consumer: disclosure-asked (ar)
> merchant: disclosure-asked (ar)

the registrar asks to disclose:
  بنك الأطلس
  مصلحة النزاعات ببنك الأطلس
  تاريخ الوساطة ونتيجتها
  معالجة اعتراض على الأداء
  2027-01-29
> not done

salma answers:
  أقبل ***
> noted
> consumer: disclosure-noted (ar)

wait 10 working days
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

wait 1 days
> on 2026-12-07 the clock rings
> consumer: disclosure-ended (ar)
> merchant: disclosure-ended (ar)
> operator: disclosure-result (fr)
> on 2026-12-08 the clock rings
> mediator: morning (fr)

atlas answers:
  أقبل ***
> noted
> merchant: not-counted (ar)
> mediator: message (fr)

salma answers:
  إنهاء ***
> advanced; closed ENDED_BY_CONSUMER
> consumer: closed-ended (ar)
> merchant: closed-ended (ar)
> mediator: case-moved (fr)
