"""Words for missing pages in the Germanic and Romance languages."""

from crawler.media.wording.form import Words

WEST: dict[str, Words] = {
    "en": Words(
        things="""page pages webpage article articles story stories post posts content contents document documents
            file files directory resource resources object url urls address link item items product products entry
            record listing topic thread job vacancy video result results anything something nothing what whatever
            site""",
        nots="not no cant cannot couldnt doesnt didnt dont isnt wasnt arent never nothing unable havent wont without",
        verbs="""find found exist exists existing available here there locate located match matches longer
            accessible displayed""",
        gone="""missing unavailable removed deleted gone expired misplaced vanished lost disappeared inexistent
            nonexistent""",
        around="""the this that these those a an any our your my we you youre it its is are was were be been being
            has have had to for of at on in or and but by as looking searching look requested request requesting
            trying tried reach view visit access open get can could may might must should seem seems does do did
            with from server web website longer anymore more currently now yet which where perhaps probably please
            sorry seemed moved renamed changed temporarily wanted want need asked id able us such like so just
            either searched sought would wish entered typed given once used back""",
    ),
    "de": Words(
        things="""seite seiten webseite internetseite artikel inhalt inhalte dokument datei beitrag meldung url
            adresse objekt eintrag produkt ressource nachricht link thema anzeige stelle verzeichnis""",
        nots="nicht kein keine keinen nichts nie",
        verbs="""gefunden finden existiert existieren verfugbar vorhanden gibt erreichbar auffindbar angezeigt da
            online aufrufbar abrufbar""",
        gone="fehlt geloscht entfernt unauffindbar abgelaufen verschwunden weg",
        around="""die der das diese dieser dieses den dem ein eine einen es ist sind war wurde wurden worden werden
            wird kann konnte konnten hat haben sie ihnen dir du wir von zu unter auf im in und oder aber leider mehr
            nur hier gesuchte gesuchten gewunschte gewunschten angeforderte angeforderten aufgerufene aufgerufenen
            angegebene eingegebene suchen suchst gesucht gewahlte gewunscht angefordert aufrufen server scheint
            moglicherweise derzeit zur zurzeit momentan bitte verschoben verlegt umbenannt eingegeben wollten welche
            gesuchter suchten wollte gesuchtes angeforderter gewunschter verlangte verlangten gefragte vorher einmal
            findet gab""",
    ),
    "nl": Words(
        things="""pagina paginas webpagina artikel bericht document bestand inhoud url adres product item resultaat
            vacature video link""",
        nots="niet geen niets nooit",
        verbs="gevonden vinden bestaat bestaan beschikbaar hier aanwezig meer bereikbaar",
        gone="verwijderd onvindbaar ontbreekt verdwenen weg verlopen",
        around="""de het deze dit die dat een je jij u we wij is zijn was werd wordt worden kan kon konden kunnen
            heeft hebben zoekt zocht zoek opgevraagde gevraagde gezochte gewenste aangevraagde op in naar om te of
            en maar helaas langer server lijkt misschien momenteel probeert bezoeken verplaatst bekijken waar
            gezocht wilde wilt gewenst opgegeven vroeg bezocht""",
    ),
    "sv": Words(
        things="sidan sida artikeln innehallet filen dokumentet adressen lanken produkten webbsidan",
        nots="inte ej inget ingen ingenting",
        verbs="hittades hitta hittar hittas hittad finns fanns funnen langre tillganglig hittat",
        gone="saknas borttagen borta forsvunnen raderad",
        around="""den det du vi har kan kunde kunnat soker sokte letar letade efter som ar var blivit eller och men
            tyvarr langre begarda angivna forsokte forsoker na pa till att servern flyttats tagits bort sökt sokt
            onskade onskar ville angiven""",
    ),
    "da": Words(
        things="""siden side sider artiklen indholdet filen dokumentet adressen linket produktet websiden artikkelen
            innholdet lenken""",
        nots="ikke intet ingen aldri",
        verbs="""fundet finde finder findes funnet finne finner finnes eksisterer tilgaengelig tilgjengelig laengere
            lenger""",
        gone="mangler slettet fjernet forsvundet borte vaek",
        around="""den det denne du vi har er var blev ble kan kunne leder ledte efter etter soger sogte leter lette
            som onskede onsket anmodede forespurte eller og men desvaerre dessverre laengere lenger pa til at
            serveren flyttet ville vil angivne soegte ønsker onsker""",
    ),
    "fr": Words(
        things="""page pages article articles contenu document fichier url lurl adresse ladresse ressource produit
            annonce lien actualite larticle rubrique element""",
        nots="pas plus ne na nest nexiste nont aucun aucune rien non navons impossible jamais",
        verbs="""trouve trouvee trouver trouvons existe exister disponible accessible exist nexiste retrouver ligne
            trouvable trouvait retrouvee""",
        gone="""introuvable introuvables inexistante inexistant indisponible supprimee supprime disparu disparue
            manquante expiree expire""",
        around="""la le les l cette ce cet un une que qui vous nous avez est ete etre a ont sont pu peut pouvons n c
            demandee demande demandez recherchee recherche recherchez cherchez cherche souhaitez voulez consulter
            atteindre acceder sur dans de du des d ou et mais serveur il elle semble malheureusement actuellement
            site web deplacee deplace y cherchiez recherchiez demandiez vouliez souhaitiez voulue indiquee saisie
            avons avoir soit""",
    ),
    "es": Words(
        things="""pagina paginas articulo contenido noticia documento archivo recurso enlace url direccion producto
            nota sitio entrada publicacion informacion aviso""",
        nots="no ya nada ningun ninguna imposible nunca",
        verbs="""encontrada encontrado encontrar encontramos encontro encuentra encontrarse existe existir
            disponible hallada hallado hallar localizar localizada localizado podemos encontradas aqui""",
        gone="inexistente eliminada eliminado desaparecido desaparecida borrada perdida expirado caducado",
        around="""la el las los esta este esa ese un una lo que se ha han hemos fue sido ser es estas estan o y pero
            buscas busca buscando buscada buscado solicitada solicitado solicita solicitas intenta intentas
            intentando acceder visitar ver a al de del en por para pudo puede podido mas ya servidor parece
            actualmente momento pedido requerida movida movido buscabas buscaba buscaban pedida deseada deseado
            quiere querias fueron existia solicitaste encontrarse indicada""",
    ),
    "ca": Words(
        things="pagina contingut article document arxiu adreca enllac url fitxer",
        nots="no",
        verbs="trobada trobat trobar existeix disponible",
        gone="inexistent eliminada",
        around="""la el aquesta aquest que sha s ha estat ser es esteu cerqueu busqueu cercant buscant buscada
            sollicitada ja mes pot pogut o i""",
    ),
    "pt": Words(
        things="""pagina paginas artigo conteudo noticia documento arquivo ficheiro recurso link url endereco
            produto post materia publicacao site anuncio""",
        nots="nao nada nenhum nenhuma impossivel nunca",
        verbs="""encontrada encontrado encontrar encontramos existe existir disponivel localizada localizado
            localizar achamos achada encontra aqui""",
        gone="inexistente removida removido indisponivel excluida apagada desapareceu expirado eliminada",
        around="""a o as os esta este essa esse um uma que voce se foi sido ser e estao ou mas procura procurava
            procurando procurada solicitada solicitado solicitou requisitada requerida tentou tentando acessar
            aceder ver visitar de da do em na no para pode pude podemos conseguimos consegue conseguiu mais ja
            servidor parece atualmente momento possivel pelo pelos por nos nossa tenha movida pedida pedido
            procurado buscada buscado acessada desejada quer queria queremos buscava""",
    ),
    "it": Words(
        things="""pagina pagine articolo larticolo contenuto documento file risorsa url indirizzo link notizia
            prodotto sito annuncio""",
        nots="non nessun nessuna nulla niente impossibile mai",
        verbs="""trovata trovato trovare troviamo trova esiste esistere disponibile presente raggiungibile trovarla
            abbiamo qui""",
        gone="inesistente rimossa rimosso eliminata cancellata scomparsa introvabile irraggiungibile",
        around="""la il lo i le gli l questa questo un una che si e stata stato essere ha hai abbiamo cerchi cercata
            cercato cercando cercavi stai stavi richiesta richiesto richiesti desiderata selezionata sul nel in di
            del della o ma piu riusciamo possibile puo server sembra momento al attualmente potuto accedere provando
            raggiungere spostata cercava cercate voluto voluta indicata desideri volevi chiesta chiesto avevi""",
    ),
    "ro": Words(
        things="pagina paginile articolul continutul documentul fisierul adresa linkul stirea produsul anuntul",
        nots="nu nimic niciun nicio",
        verbs="gasita gasit gasi exista disponibila disponibil gaseste",
        gone="negasita negasit inexistenta stearsa eliminata indisponibila",
        around="""a fost fi mai este e ceruta cautata cautat cautati cauti solicitata accesata pe care o ai ati
            incercat aceasta acest la in sau si dar putut poate am s se din pacate dorita mutata cautai doriti
            doresti accesezi accesati cereti cerut indicata""",
    ),
}
"""By language tag (BCP 47); `da` holds Norwegian too."""
