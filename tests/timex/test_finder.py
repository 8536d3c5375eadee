"""Expressions and what they mean in an article of Wednesday 2024-06-19, and words that are no times."""

from datetime import date

import pytest

from kb.model import Precision, ZoneKind
from kb.timex import find_times

PUBLISHED = date(2024, 6, 19)

# text, what is found there as "words = value[..end value] [earliest latest]", several parted by " | "; the bounds are
# given where they are not those of the value
CASES = [
    # weekdays and the tense of the clause
    ("He arrived/VBD on Wednesday", "Wednesday = 2024-06-19"),
    ("He will/MD arrive/VB on Wednesday", "Wednesday = 2024-06-19"),
    ("He met/VBD him on Tuesday", "Tuesday = 2024-06-18"),
    ("He met/VBD him on Thursday", "Thursday = 2024-06-13"),
    ("He will/MD meet/VB him on Thursday", "Thursday = 2024-06-20"),
    ("He will/MD meet/VB him on Tuesday", "Tuesday = 2024-06-25"),
    ("He would/MD meet/VB him on Tuesday", "Tuesday = 2024-06-25"),
    ("He would/MD have/VB:aux met/VBN him on Thursday", "Thursday = 2024-06-13"),
    ("He has/VBZ:aux met/VBN him on Thursday", "Thursday = 2024-06-13"),
    ("He had/VBD:aux met/VBN him on Monday", "Monday = 2024-06-17"),
    ("He meets/VBZ him on Tuesday", "Tuesday = 2024-06-25"),
    ("Kim to/TO meet/VB him on Tuesday", "Tuesday = 2024-06-25"),
    ("talks on Monday", "Monday = 2024-06-17"),
    ("talks on Friday", "Friday = 2024-06-21"),
    ("He was/VBD:aux in town since Tuesday", "Tuesday = 2024-06-18"),
    ("He stays/VBZ until Friday", "Friday = 2024-06-21"),
    ("He arrived/VBD before Friday", "Friday = 2024-06-21"),
    ("He arrived/VBD after Friday", "Friday = 2024-06-14"),
    ("He arrived/VBD last Friday", "last Friday = 2024-06-14"),
    ("He arrived/VBD last Wednesday", "last Wednesday = 2024-06-12"),
    ("He will/MD arrive/VB next Thursday", "next Thursday = 2024-06-20"),
    ("He will/MD arrive/VB next Wednesday", "next Wednesday = 2024-06-26"),
    ("He will/MD arrive/VB this Friday", "this Friday = 2024-06-21"),
    ("He arrived/VBD this Monday", "this Monday = 2024-06-17"),
    ("He arrived/VBD this past Sunday", "this past Sunday = 2024-06-16"),
    ("He will/MD arrive/VB this coming Sunday", "this coming Sunday = 2024-06-23"),
    ("It fell/VBD on Wednesday morning", "Wednesday morning = 2024-06-19"),
    ("It fell/VBD on Tuesday night", "Tuesday night = 2024-06-18"),
    ("It fell/VBD late on Tuesday", "late on Tuesday = 2024-06-18"),
    ("It fell/VBD early Wednesday", "early Wednesday = 2024-06-19"),
    ("It fell/VBD at noon on Monday", "noon on Monday = 2024-06-17"),
    ("It fell/VBD at 3 p.m. Tuesday", "Tuesday = 2024-06-18"),
    ("It fell/VBD on Tuesday of last week", "Tuesday of last week = 2024-06-11"),
    ("It will/MD fall/VB on Monday next week", "Monday next week = 2024-06-24"),
    ("They met/VBD from Thursday to Friday", "Thursday to Friday = 2024-06-13..2024-06-14 [2024-06-13 2024-06-14]"),
    ("They met/VBD on Monday and Tuesday", "Monday and Tuesday = 2024-06-17..2024-06-18 [2024-06-17 2024-06-18]"),
    ("They met/VBD on Monday and Wednesday", "Monday = 2024-06-17 | Wednesday = 2024-06-19"),
    ("Thurs . meeting", "Thurs = 2024-06-20"),
    ("a Monday meeting/NN was held/VBD", "Monday = 2024-06-17"),
    # days near the publication
    ("He came/VBD yesterday", "yesterday = 2024-06-18"),
    ("He came/VBD today", "today = 2024-06-19"),
    ("He will/MD come/VB tomorrow", "tomorrow = 2024-06-20"),
    ("He will/MD speak/VB tonight", "tonight = 2024-06-19"),
    ("He came/VBD yesterday evening", "yesterday evening = 2024-06-18"),
    ("He came/VBD this morning", "this morning = 2024-06-19"),
    ("He came/VBD earlier today", "earlier today = 2024-06-19"),
    ("He came/VBD last night", "last night = 2024-06-18"),
    ("It was hit/VBN overnight/RB", "overnight = 2024-06-19 [2024-06-18 2024-06-19]"),
    ("He came/VBD the day before yesterday", "the day before yesterday = 2024-06-17"),
    ("He will/MD come/VB the day after tomorrow", "the day after tomorrow = 2024-06-21"),
    # weeks, months, years around it
    ("He came/VBD this week", "this week = 2024-06 [2024-06-17 2024-06-23]"),
    ("He came/VBD last week", "last week = 2024-06 [2024-06-10 2024-06-16]"),
    ("He will/MD come/VB next week", "next week = 2024-06 [2024-06-24 2024-06-30]"),
    ("He came/VBD earlier this week", "earlier this week = 2024-06 [2024-06-17 2024-06-19]"),
    ("He will/MD come/VB later this week", "later this week = 2024-06 [2024-06-19 2024-06-23]"),
    ("He came/VBD this month", "this month = 2024-06"),
    ("He came/VBD last month", "last month = 2024-05"),
    ("He will/MD come/VB next month", "next month = 2024-07"),
    ("He will/MD come/VB later this month", "later this month = 2024-06 [2024-06-19 2024-06-30]"),
    ("He came/VBD last year", "last year = 2023"),
    ("He came/VBD this year", "this year = 2024"),
    ("He will/MD come/VB next year", "next year = 2025"),
    ("He came/VBD earlier this year", "earlier this year = 2024 [2024-01-01 2024-06-19]"),
    ("so far this year he came/VBD", "so far this year = 2024 [2024-01-01 2024-06-19]"),
    ("He came/VBD late last year", "late last year = 2023 [2023-09-01 2023-12-31]"),
    ("He will/MD come/VB early next year", "early next year = 2025 [2025-01-01 2025-05-02]"),
    ("He will/MD come/VB by the end of the year", "the end of the year = 2024 [2024-09-01 2024-12-31]"),
    ("He will/MD come/VB by the end of next month", "the end of next month = 2024-07 [2024-07-22 2024-07-31]"),
    ("He will/MD come/VB by year - end", "year - end = 2024 [2024-09-01 2024-12-31]"),
    ("He will/MD come/VB by year 's end", "year 's end = 2024 [2024-09-01 2024-12-31]"),
    ("He came/VBD at the beginning of last year", "the beginning of last year = 2023 [2023-01-01 2023-05-02]"),
    ("for the rest of the year", "the rest of the year = 2024 [2024-06-19 2024-12-31]"),
    ("for the remainder of this month", "the remainder of this month = 2024-06 [2024-06-19 2024-06-30]"),
    ("He came/VBD this quarter", "this quarter = 2024 [2024-04-01 2024-06-30]"),
    ("He came/VBD last quarter", "last quarter = 2024 [2024-01-01 2024-03-31]"),
    ("this decade", "this decade = 202 [2020-01-01 2029-12-31]"),
    ("this century", "this century = 20 [2000-01-01 2099-12-31]"),
    ("They talked/VBD over the weekend", "the weekend = 2024-06 [2024-06-15 2024-06-16]"),
    ("They will/MD talk/VB over the weekend", "the weekend = 2024-06 [2024-06-22 2024-06-23]"),
    ("They talked/VBD last weekend", "last weekend = 2024-06 [2024-06-15 2024-06-16]"),
    ("They will/MD talk/VB this weekend", "this weekend = 2024-06 [2024-06-22 2024-06-23]"),
    ("He came/VBD in the past week", "the past week = 2024-06 [2024-06-12 2024-06-19]"),
    ("He came/VBD over the past two weeks", "the past two weeks = 2024-06 [2024-06-05 2024-06-19]"),
    ("He will/MD come/VB in the coming days", "the coming days = 2024-06 [2024-06-19 2024-06-26]"),
    ("He will/MD come/VB in the next few days", "the next few days = 2024-06 [2024-06-19 2024-06-25]"),
    ("in recent months", "recent months = 202 [2023-09-19 2024-06-19]"),
    ("in the last 24 hours", "the last 24 hours = 2024-06 [2024-06-18 2024-06-19]"),
    ("over the past three years", "the past three years = 202 [2021-06-19 2024-06-19]"),
    # months
    ("He came/VBD in March", "March = 2024-03"),
    ("He came/VBD in June", "June = 2024-06"),
    ("He came/VBD in October", "October = 2023-10"),
    ("He will/MD come/VB in March", "March = 2025-03"),
    ("He will/MD come/VB in October", "October = 2024-10"),
    ("He will/MD come/VB in May", "May = 2025-05"),
    ("He would/MD come/VB in July", "July = 2024-07"),
    ("He came/VBD in Sept.", "Sept. = 2023-09"),
    ("He came/VBD in March 2024", "March 2024 = 2024-03"),
    ("He came/VBD in March , 2022", "March , 2022 = 2022-03"),
    ("the coup of December 2006", "December 2006 = 2006-12"),
    ("He came/VBD last December", "last December = 2023-12"),
    ("He came/VBD last June", "last June = 2023-06"),
    ("He will/MD come/VB next March", "next March = 2025-03"),
    ("He will/MD come/VB this October", "this October = 2024-10"),
    ("He came/VBD in May last year", "May last year = 2023-05"),
    ("He came/VBD in February this year", "February this year = 2024-02"),
    ("He came/VBD in November of last year", "November of last year = 2023-11"),
    ("He came/VBD early November last year", "early November last year = 2023-11 [2023-11-01 2023-11-10]"),
    ("He came/VBD in mid-June", "mid-June = 2024-06 [2024-06-11 2024-06-20]"),
    ("He came/VBD in late May", "late May = 2024-05 [2024-05-22 2024-05-31]"),
    ("He came/VBD in early June 2023", "early June 2023 = 2023-06 [2023-06-01 2023-06-10]"),
    ("He will/MD come/VB by the end of June", "the end of June = 2024-06 [2024-06-21 2024-06-30]"),
    ("at the beginning of May 2023", "the beginning of May 2023 = 2023-05 [2023-05-01 2023-05-10]"),
    ("the December summit/NN was held/VBD", "December = 2023-12"),
    ("its March listings/NNS were adopted/VBD", "March = 2024-03"),
    ("January was/VBD cold", "January = 2024-01"),
    ("He came/VBD in March and May", "March = 2024-03 | May = 2024-05"),
    ("He came/VBD in April and May", "April and May = 2024-04..2024-05 [2024-04-01 2024-05-31]"),
    ("He was/VBD away from March to May 2023", "March to May 2023 = 2023-03..2023-05 [2023-03-01 2023-05-31]"),
    ("from November to February 2023", "November to February 2023 = 2022-11..2023-02 [2022-11-01 2023-02-28]"),
    ("between March and May 2023", "March and May 2023 = 2023-03..2023-05 [2023-03-01 2023-05-31]"),
    ("May 2022 to June 2023", "May 2022 to June 2023 = 2022-05..2023-06 [2022-05-01 2023-06-30]"),
    ("the first week of June", "the first week of June = 2024-06 [2024-06-01 2024-06-07]"),
    ("the last week of May 2023", "the last week of May 2023 = 2023-05 [2023-05-25 2023-05-31]"),
    ("the last day of May 2023", "the last day of May 2023 = 2023-05-31"),
    ("the week of June 3 , 2024", "the week of June 3 , 2024 = 2024-06 [2024-06-03 2024-06-09]"),
    ("the first weekend of June 2024", "the first weekend of June 2024 = 2024-06 [2024-06-01 2024-06-02]"),
    ("31 June 2024", "June 2024 = 2024-06"),  # no such day
    # days of a month
    ("He came/VBD on June 18", "June 18 = 2024-06-18"),
    ("He came/VBD on June 18th", "June 18th = 2024-06-18"),
    ("He came/VBD on 19 June", "19 June = 2024-06-19"),
    ("He came/VBD on the 19th of June", "the 19th of June = 2024-06-19"),
    ("He came/VBD on the third of May", "the third of May = 2024-05-03"),
    ("January 28 was/VBD a holiday", "January 28 = 2024-01-28"),
    ("He came/VBD on December 30", "December 30 = 2023-12-30"),
    ("He will/MD come/VB on January 3", "January 3 = 2025-01-03"),
    ("a trial scheduled for Sept. 30", "Sept. 30 = 2024-09-30"),
    ("He came/VBD on June 20", "June 20 = 2024-06-20"),  # a day ahead: another time zone
    ("He came/VBD on Feb. 29", "Feb. 29 = 2024-02-29"),
    ("He came/VBD on June 18 , 2000", "June 18 , 2000 = 2000-06-18"),
    ("He came/VBD on 18 June 2000", "18 June 2000 = 2000-06-18"),
    ("Monday , June 3 , 2024", "Monday , June 3 , 2024 = 2024-06-03"),
    ("Wed. 19 June 2024", "Wed. 19 June 2024 = 2024-06-19"),
    ("Sun , June 2", "Sun , June 2 = 2024-06-02"),
    ("He came/VBD on Friday , August 19", "Friday , August 19 = 2023-08-19"),
    ("He came/VBD on June 18 last year", "June 18 last year = 2023-06-18"),
    ("It ran/VBD June 18 - 19", "June 18 - 19 = 2024-06-18..2024-06-19 [2024-06-18 2024-06-19]"),
    ("It ran/VBD June 18 – 19 , 2023", "June 18 – 19 , 2023 = 2023-06-18..2023-06-19 [2023-06-18 2023-06-19]"),
    ("It ran/VBD on June 18 and 19", "June 18 and 19 = 2024-06-18..2024-06-19 [2024-06-18 2024-06-19]"),
    ("It ran/VBD from 3 to 5 May", "3 to 5 May = 2024-05-03..2024-05-05 [2024-05-03 2024-05-05]"),
    ("It ran/VBD between 3 and 5 May", "3 and 5 May = 2024-05-03..2024-05-05 [2024-05-03 2024-05-05]"),
    ("on 16 and 17 November 2022", "16 and 17 November 2022 = 2022-11-16..2022-11-17 [2022-11-16 2022-11-17]"),
    ("from June 30 to July 2 , 2023", "June 30 to July 2 , 2023 = 2023-06-30..2023-07-02 [2023-06-30 2023-07-02]"),
    ("28 December to 3 January 2024", "28 December to 3 January 2024 = 2023-12-28..2024-01-03 [2023-12-28 2024-01-03]"),
    ("on 3 or 4 May", "3 or 4 May = 2024-05 [2024-05-03 2024-05-04]"),
    ("He came/VBD on June 14 , 15 and 16", "June 14 , 15 and 16 = 2024-06-14..2024-06-16 [2024-06-14 2024-06-16]"),
    ("He came/VBD on the 17th", "the 17th = 2024-06-17"),
    ("He will/MD come/VB on the 3rd", "the 3rd = 2024-07-03"),
    ("He came/VBD on the 5th of last month", "the 5th of last month = 2024-05-05"),
    ("On May 4 he left/VBD . He came/VBD on the 7th", "May 4 = 2024-05-04 | the 7th = 2024-05-07"),
    # numeric
    ("On 2024-06-19 he came/VBD", "2024-06-19 = 2024-06-19"),
    ("On 19/06/2024 he came/VBD", "19/06/2024 = 2024-06-19"),
    ("On 06/25/2023 he came/VBD", "06/25/2023 = 2023-06-25"),
    ("On 05/05/2023 he came/VBD", "05/05/2023 = 2023-05-05"),
    ("On 05/06/2023 he came/VBD", "05/06/2023 = 2023 [2023-05-06 2023-06-05]"),
    ("On 19.06.2024 he came/VBD", "19.06.2024 = 2024-06-19"),
    ("On 2024/6/9 he came/VBD", "2024/6/9 = 2024-06-09"),
    # years and more
    ("in 2022", "2022 = 2022"),
    ("since 2000", "2000 = 2000"),
    ("until 2030", "2030 = 2030"),
    ("in early 2023", "early 2023 = 2023 [2023-01-01 2023-05-02]"),
    ("in mid-2023", "mid-2023 = 2023 [2023-05-03 2023-08-31]"),
    ("late in 2023", "late in 2023 = 2023 [2023-09-01 2023-12-31]"),
    ("by the end of 2024", "the end of 2024 = 2024 [2024-09-01 2024-12-31]"),
    ("the year 1998", "the year 1998 = 1998"),
    ("it dates back to 1953", "1953 = 1953"),
    ("( 2011 )", "2011 = 2011"),
    ("a 2005 accord/NN", "2005 = 2005"),
    ("the month/NN -/HYPH long/JJ 2005 conference/NN", "2005 = 2005"),
    ("in 2014 and 2018", "2014 = 2014 | 2018 = 2018"),
    ("in 2014 and 2015", "2014 and 2015 = 2014..2015 [2014-01-01 2015-12-31]"),
    ("from 2016 to 2018", "2016 to 2018 = 2016..2018 [2016-01-01 2018-12-31]"),
    ("between 2016 and 2018", "2016 and 2018 = 2016..2018 [2016-01-01 2018-12-31]"),
    ("in 1939 - 45", "1939 - 45 = 1939..1945 [1939-01-01 1945-12-31]"),
    ("in 2012 and 2014 - 16", "2012 = 2012 | 2014 - 16 = 2014..2016 [2014-01-01 2016-12-31]"),
    ("in 2023/24", "2023/24 = 2023..2024 [2023-01-01 2024-12-31]"),
    ("the 2022 – 23 season", "2022 – 23 = 2022..2023 [2022-01-01 2023-12-31]"),
    ("in the 1990s", "the 1990s = 199 [1990-01-01 1999-12-31]"),
    ("in the early 1990s", "the early 1990s = 199 [1990-01-01 1993-05-01]"),
    ("in the mid-1990s", "the mid-1990s = 199 [1993-05-02 1996-08-31]"),
    ("in the 1930 's", "the 1930 's = 193 [1930-01-01 1939-12-31]"),
    ("in the ' 80s", "the ' 80s = 198 [1980-01-01 1989-12-31]"),
    ("in the sixties", "the sixties = 196 [1960-01-01 1969-12-31]"),
    ("in the 1800s", "the 1800s = 18 [1800-01-01 1899-12-31]"),
    ("in the 19th century", "the 19th century = 18 [1800-01-01 1899-12-31]"),
    ("in the early twentieth century", "the early twentieth century = 19 [1900-01-01 1933-05-02]"),
    ("the twenty - first century", "the twenty - first century = 20 [2000-01-01 2099-12-31]"),
    ("a 19th - century fort", "19th - century = 18 [1800-01-01 1899-12-31]"),
    ("the first quarter of 2024", "the first quarter of 2024 = 2024 [2024-01-01 2024-03-31]"),
    ("Q4 2023", "Q4 2023 = 2023 [2023-10-01 2023-12-31]"),
    ("the last quarter of last year", "the last quarter of last year = 2023 [2023-10-01 2023-12-31]"),
    ("the first half of 2023", "the first half of 2023 = 2023 [2023-01-01 2023-06-30]"),
    ("the second half of the year", "the second half of the year = 2024 [2024-07-01 2024-12-31]"),
    ("the summer of 2019", "the summer of 2019 = 2019 [2019-06-01 2019-08-31]"),
    ("Spring 2024", "Spring 2024 = 2024 [2024-03-01 2024-05-31]"),
    ("the winter of 2023", "the winter of 2023 = 2023 [2023-12-01 2024-02-29]"),
    ("He came/VBD last autumn", "last autumn = 2023 [2023-09-01 2023-11-30]"),
    ("He came/VBD last summer", "last summer = 2023 [2023-06-01 2023-08-31]"),
    ("He will/MD come/VB next spring", "next spring = 2025 [2025-03-01 2025-05-31]"),
    ("this summer", "this summer = 2024 [2024-06-01 2024-08-31]"),
    ("He came/VBD in the spring", "the spring = 2024 [2024-03-01 2024-05-31]"),
    ("He will/MD come/VB in the autumn", "the autumn = 2024 [2024-09-01 2024-11-30]"),
    ("He came/VBD in the autumn of last year", "the autumn of last year = 2023 [2023-09-01 2023-11-30]"),
    ("He will/MD come/VB in autumn", "autumn = 2024 [2024-09-01 2024-11-30]"),
    ("as early as 2014", "2014 = 2014"),
    ("the 2008 Summer/NNP Games/NNPS", "2008 = 2008"),
    # holidays
    ("He came/VBD on New Year 's Day", "New Year 's Day = 2024-01-01"),
    ("He came/VBD on Christmas Eve", "Christmas Eve = 2023-12-24"),
    ("He will/MD come/VB before Christmas", "Christmas = 2024-12-25"),
    ("He came/VBD on Good Friday", "Good Friday = 2024-03-29"),
    ("Easter Monday 2023", "Easter Monday 2023 = 2023-04-10"),
    ("the Sept. 11 attacks", "Sept. 11 attacks = 2001-09-11"),
    # so far away
    ("He came/VBD 24 years ago", "24 years ago = 2000"),
    ("He came/VBD twenty - four years ago", "twenty - four years ago = 2000"),
    ("He came/VBD nearly 24 years ago", "nearly 24 years ago = 2000 [2000-01-01 2001-12-31]"),
    ("He came/VBD more than 24 years ago", "more than 24 years ago = 2000 [1999-01-01 2000-12-31]"),
    ("He came/VBD a year ago", "a year ago = 2023"),
    ("He came/VBD a decade ago", "a decade ago = 2014 [2013-01-01 2015-12-31]"),
    ("He came/VBD a year and a half ago", "a year and a half ago = 2022"),
    ("He came/VBD half a year ago", "half a year ago = 2023-12"),
    ("He came/VBD two months ago", "two months ago = 2024-04"),
    ("He came/VBD two weeks ago", "two weeks ago = 2024-06 [2024-06-02 2024-06-08]"),
    ("He came/VBD a week ago", "a week ago = 2024-06-12"),
    ("He came/VBD three days ago", "three days ago = 2024-06-16"),
    ("He came/VBD an hour ago", "an hour ago = 2024-06-19"),
    ("He came/VBD a few days ago", "a few days ago = 2024-06 [2024-06-13 2024-06-17]"),
    ("He came/VBD a couple of weeks ago", "a couple of weeks ago = 2024 [2024-05-26 2024-06-08]"),
    ("He came/VBD weeks ago", "weeks ago = 2024 [2024-05-05 2024-06-08]"),
    ("He will/MD come/VB two weeks from now", "two weeks from now = 2024-07 [2024-06-30 2024-07-06]"),
    ("He will/MD come/VB in two days", "in two days = 2024-06-21"),
    ("He will/MD come/VB in ten days ' time", "in ten days ' time = 2024-06-29"),
    ("It was/VBD:aux signed/VBN 75 years ago this month", "75 years ago this month = 1949-06"),
    ("It was/VBD:aux signed/VBN ten years ago today", "ten years ago today = 2014-06-19"),
    # seen from another date
    ("He came/VBD in 2011 and left that December", "2011 = 2011 | that December = 2011-12"),
    ("On June 3 he left/VBD . Three days later he came/VBD", "June 3 = 2024-06-03 | Three days later = 2024-06-06"),
    ("On June 3 he left/VBD . He came/VBD two days earlier", "June 3 = 2024-06-03 | two days earlier = 2024-06-01"),
    ("On May 4 he left/VBD . The previous day he came/VBD", "May 4 = 2024-05-04 | The previous day = 2024-05-03"),
    ("On May 4 he left/VBD . He came/VBD the day before", "May 4 = 2024-05-04 | the day before = 2024-05-03"),
    ("On May 4 he left/VBD . He came/VBD the next morning", "May 4 = 2024-05-04 | the next morning = 2024-05-05"),
    ("On May 4 he left/VBD and came the same day", "May 4 = 2024-05-04 | the same day = 2024-05-04"),
    ("On May 4 he left/VBD . He came/VBD that night", "May 4 = 2024-05-04 | that night = 2024-05-04"),
    ("On May 4 he left/VBD . Come the following Monday", "May 4 = 2024-05-04 | the following Monday = 2024-05-06"),
    ("In May 2022 he left/VBD . He came/VBD that same month", "May 2022 = 2022-05 | that same month = 2022-05"),
    ("In 2004 he left/VBD . He came/VBD the following year", "2004 = 2004 | the following year = 2005"),
    ("In 2004 he left/VBD . He came/VBD two years later", "2004 = 2004 | two years later = 2006"),
    ("In 2004 he left/VBD . He came/VBD in May of that year", "2004 = 2004 | May of that year = 2004-05"),
    ("In May 2014 he left/VBD and in March he came", "May 2014 = 2014-05 | March = 2015-03"),
    ("In May 2014 he left/VBD and in July he came", "May 2014 = 2014-05 | July = 2014-07"),
    ("In 2004 he left/VBD . Three days later he came/VBD", "2004 = 2004"),  # not known to the day
    ("He came/VBD the year before", "the year before = 2023"),
]  # fmt: skip

NOTHING = [
    # durations, ages, sets
    "He talked/VBD for five hours",
    "a two - day visit/NN",
    "his first visit/NN in 24 years will/MD begin/VB",
    "It must/MD comply/VB within 90 days",
    "nearly 24 years after he had visited/VBN",
    "two days before the vote",
    "the day after the vote",
    "three days earlier than planned",
    "a 24 - year - old man/NN",
    "a man/NN aged 24",
    "He came/VBD every Friday",
    "He comes/VBZ on Fridays",
    "He came/VBD each March 's end",
    "It happened/VBD on a Friday .",
    "in his 80s",
    "in the low 30s",
    "She is/VBZ in her nineties",
    "an overnight/JJ stay/NN",
    "It was/VBD built/VBN in two years",
    "his last year/NN in office",
    "the last day/NN",
    "the last two days of the war/NN",
    "the same day as the vote",
    # numbers and names
    "Resolution 2094 was/VBD adopted",
    "Resolution 1718 and the 1718 committee/NN",
    "under Resolutions 1874 and 2017 the 2017 regime/NN",
    "an F-16 jet/NN",
    "page 19 and room 2011",
    "call 555 - 2024 now",
    "in 2000 villages/NNS",
    "about 1900 people/NNS",
    "it rose to 2000",
    "of 2000 people/NNS",
    "in 480 BC",
    "the 3rd century BC",
    "the second meeting/NN",
    "the 19th meeting/NN",
    "at 1900 GMT",
    "by 2000 GMT",
    "24/7 and 9-5",
    "the 1,718 delegates/NNS",
    # words that are no times here
    "They march/VBP to the sea",
    "March/VB on the capital",
    "He may/MD go/VB",
    "May/MD he rest/VB",
    "Mar-a-Lago and Mar - a - Lago",
    "The Sun rose/VBD and he sat/VBD",
    "They wed/VBD in church",
    "a mon and a sat",
    "in august company/NN",
    "Theresa/NNP May/NNP left/VBD",
    "the Sunday Telegraph/NNP",
    "on Black Friday",
    "prices to fall/VB",
    "the fall of Kabul",
    "in the fall of Kabul",
    "the Arab Spring",
    "in the spring of water/NN",
    "a spring/NN",
    "a quarter of the troops",
    "not long ago",
    "to date",
    "In winter it rains/VBZ",
    "for a Monday morning/NN , thanks",
    "two thousand/CD years ago",
    "four months later we were/VBD married",
    "the following weekend",
    "1939 - 45 was a war",
    "one day",
    "the day",
    "Day One",
    "second to none",
    "the next day",  # no date before it
    "that day",
    "three days later",
    "February 30",
    "2024-13-45",
    "45/45/2024",
    "32.01.2024",
]

UNDATED = [
    "on Friday",
    "last week",
    "today",
    "two years ago",
    "in March",
    "June 18",
    "the 19th of June",
    "over the weekend",
    "this summer",
    "in the coming days",
    "last December",
    "next year",
    "Christmas Eve",
    "the first half of the year",
    "on the 17th",
    "recent weeks",
]

ABSOLUTE = ["June 18 , 2024", "in 2022", "2024-06-19", "in the 1990s", "the summer of 2019", "Q1 2024"]


def shown(times, text, published, **options):
    """Return what is found as in CASES, with the bounds of each."""
    rows = []
    for expression in times(text, published, **options):
        words = " ".join(_words(text)[expression.start : expression.end])
        time = expression.time
        value = time.value if time.end_value is None else f"{time.value}..{time.end_value}"
        rows.append(f"{words} = {value} [{time.earliest} {time.latest}]")
    return rows


def _words(text):
    return [part.rsplit("/", 1)[0] if part.rsplit("/", 1)[-1][:1].isalpha() else part for part in text.split(" ")]


def _bounded(row):
    """Add the bounds of an exact value to a row that has none."""
    if not row or row.endswith("]"):
        return row
    value = row.rpartition(" = ")[2]
    year, _, rest = value.partition("-")
    last_day = {"02": 29 if int(year) % 4 == 0 else 28, "04": 30, "06": 30, "09": 30, "11": 30}.get(rest, 31)
    first, last = {
        4: (f"{value}-01-01", f"{value}-12-31"),
        7: (f"{value}-01", f"{value}-{last_day}"),
        10: (value, value),
    }[len(value)]
    return f"{row} [{first} {last}]"


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_meaning(times, text, expected):
    assert shown(times, text, PUBLISHED) == [_bounded(row) for row in expected.split(" | ") if row]


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(times, text):
    assert shown(times, text, PUBLISHED) == []


@pytest.mark.parametrize("text", UNDATED)
def test_nothing_relative_without_publication(times, text):
    assert times(text, None) == ()
    assert len(times(text, PUBLISHED)) == 1


@pytest.mark.parametrize(
    "text", ["June 18 , 2024", "in 2022", "2024-06-19", "in the 1990s", "the summer of 2019", "Q1 2024"]
)
def test_absolute_without_publication(times, text):
    assert times(text, None) == times(text, PUBLISHED)
    assert times(text, None)


def test_later_date_without_publication(times):
    found = times("On June 3 , 2021 he left/VBD . Three days later he came/VBD on the 8th", None)
    assert [expression.time.value for expression in found] == ["2021-06-03", "2021-06-06", "2021-06-08"]


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on Friday", Precision.DAY),
        ("last week", Precision.WEEK),
        ("over the weekend", Precision.WEEK),
        ("in March", Precision.MONTH),
        ("mid-June", Precision.MONTH),
        ("Q1 2024", Precision.QUARTER),
        ("summer of 2019", Precision.SEASON),
        ("the first half of 2023", Precision.YEAR),
        ("24 years ago", Precision.YEAR),
        ("in the 1990s", Precision.DECADE),
        ("in the 19th century", Precision.CENTURY),
        ("the coming days", Precision.WEEK),
        ("the past month", Precision.MONTH),
        ("the past three years", Precision.DECADE),
    ],
)
def test_precision(times, text, precision):
    assert [expression.time.precision for expression in times(text, PUBLISHED)] == [precision]


def test_publication_day_settles_which_number_is_the_day(times):
    assert [found.time.value for found in times("On 05/06/2024", date(2024, 6, 5))] == ["2024-06-05"]
    assert [found.time.value for found in times("On 05/06/2024", date(2024, 5, 6))] == ["2024-05-06"]


def test_week_over_the_end_of_a_month_lies_in_the_month_of_its_thursday(times):
    assert [found.time.value for found in times("He came/VBD last week", date(2024, 5, 8))] == ["2024-05"]
    assert [found.time.value for found in times("He came/VBD last week", date(2024, 4, 8))] == ["2024-04"]
    assert [found.time.value for found in times("He came/VBD last week", date(2024, 8, 5))] == ["2024-08"]


def test_headline_in_the_present_tense_means_the_nearest_day(times):
    found = times("Kim meets/VBZ him on Monday", PUBLISHED, zone=ZoneKind.TITLE)
    assert [expression.time.value for expression in found] == ["2024-06-17"]


def test_name_of_a_person_is_no_month(times):
    text = "He met/VBD Theresa May in May"
    assert len(times(text, PUBLISHED, persons=[(2, 4)])) == 1
    assert times("He spoke/VBD of May", PUBLISHED, persons=[(3, 4)]) == ()


def test_date_too_far_back_is_not_what_a_later_day_counts_from(times):
    text = "On June 3 he left/VBD . It rained/VBD . It rained/VBD . It rained/VBD . Three days later he came/VBD"
    assert len(times(text, PUBLISHED)) == 1


def test_words_are_read_if_none_are_given(build, times):
    assert find_times(build("on Friday"), PUBLISHED) == times("on Friday", PUBLISHED)


def test_empty_document(build, words):
    doc = build("x")
    empty = type(doc)(doc.article, (), ())
    assert find_times(empty, PUBLISHED, words) == ()


def test_table_is_large():
    assert len(CASES) + len(NOTHING) + len(UNDATED) >= 200
