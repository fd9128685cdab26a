"""What sites word their messages with: that a page is not there, that a domain is for sale.

The languages are those that W3Techs counts most often as content languages of websites
(https://w3techs.com/technologies/overview/content_language), and their neighbours. Letter case, accents, apostrophes
and punctuation don't count when words are compared, so they may be left out of the lists.
"""
