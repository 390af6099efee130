# An amount in ryals is not converted in silence: the letter says what it would be, and a yes is enough. Whoever sent a card number is told that it was hidden.
now 2026-11-23T09:00:00Z
yassine is consumer yassine@barid.example
registrar is operator registrar@elitige.example

yassine writes:
  Subject: كوموند ما وصلاتش
  السلام عليكم، سميتي ياسين العلوي، شريت سباط من صفحة @sabat.exemple ب 45000 ريال، رقم الطلبية 77120، وما وصلني والو.
  بغيت فلوسي. نمرة لاكارط ديالي 4111 1111 1111 1111.
> opened; incomplete
> consumer: acknowledgement (ar)

yassine answers:
  اه
> noted
> consumer: summary (ar)

yassine answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)
