/**
 * Words of the made-up people and places, frozen: a list that changes gives everybody another name, so its hash belongs to every plan
 * that masks. Chosen once, evenly over the alphabet, from eight languages of @faker-js/faker 10.6.0 (MIT, fakerLicense.txt), letters of
 * ASCII alone.
 */
export interface WordList {
  readonly words: readonly string[];
  /** Characters of the longest one. */
  readonly width: number;
}

export const FIRST_NAMES = listOf(`
  Aaliyah Abbie Abdul Abenzio Abramo Acario Acrisio Adamo Adel Adelin Adelphe Adolfo Adrain Adriel Agapet Agazio Agnese
  Aida Aimee Aladino Alanna Albane Albin Alceste Alcyone Alea Aleksy Aleth Alexie Alfio Alfredo Alicia Alisa Aliya
  Allene Almire Altea Alvera Alvise Alysha Amalia Amani Amari Ambra Ameline Amico Amir Amos Ana Ancelin Andres Angela
  Anicet Aniyah Annamae Anni Anouk Ansgary Antide Antone Anya Ara Arcade Arden Argelia Arian Arie Aristeo Arlie Armani
  Arminio Arnold Aronne Arved Aryanna Asha Ashtyn Astride Athina Aubree Audra Augusto Aurian Austen Ava Axel Ayla Aymon
  Azelia Babila Baldwin Baris Barsaba Basilia Baylee Beaulah Belle Benja Bent Berat Bernita Bertram Betina Beulah Bibi
  Billie Bjorn Blaze Bobby Bonita Boyd Braeden Brandon Braulio Brenda Brennan Brian Brielle Britt Brown Bryant Bud
  Burnice Caio Cali Camelia Camron Candida Carina Carley Carlota Carmine Caronte Casey Cassidy Catena Ceasar Cecilie
  Celeste Cesar Chad Charity Chaya Chester Christa Cierra Cirillo Clara Claudie Clement Cletus Clinton Coby Coleman
  Colomba Connie Corbin Corey Corrine Cosma Cronida Curt Cyril Daciano Daisha Dalila Damian Damocle Dangelo Danilo
  Danyka Daria Darius Daron Darrion Dasia Davina Dawid Dayne Debra Deen Dejon Delilah Delores Demario Deniz Deontae
  Derrick Destany Devin Dewey Diamond Didimo Diletta Diodata Dionigi Dock Domenik Donald Donny Doriano Doroteo Doug
  Drew Dudley Dustin Dylano Easton Edd Edgard Edmondo Edward Eef Efrain Egisto Eladio Elda Eleazar Elettra Eliano
  Elifio Eline Eliseo Ella Elliott Elna Eloise Else Elvezio Elwira Emanuel Emery Emilie Emma Emmi Ena Enie Enola Enya
  Erasmo Erenia Erico Ermes Ernest Ervin Essie Estella Eterie Ettie Eudora Eugene Eulalie Eutalio Evans Eveline Evodio
  Eymen Fabiana Faith Fanny Fatma Faye Fedora Feline Femke Fermo Fidel Filemon Finia Finnley Flavien Flo Florie Floyd
  Forrest France Franka Freddy Frenkie Fulbert Furman Gabriel Galatea Garett Garrett Gaspare Gautier Gemma Gennaro
  Georgia Gerbert Germana Ghita Gianni Gilbert Gillo Gino Giorgia Gisella Giusto Glenn Golden Gordon Graham Green
  Griffin Gui Gust Guyot Hailee Haley Hanna Harald Harriet Hassie Haylie Heber Helena Heloise Henrik Herluin Hertha
  Hilario Hilma Holden Hope Howard Hugo Iacopo Icie Ido Ignazio Ilay Ilia Ilva Imogene Indy Iolanda Irem Iris Isa
  Isacco Ise Isidro Isra Iva Iven Ivy Izydor Jack Jacob Jaden Jaida Jairo Jalen Jamar Jamil Jana Janice Janis Janni
  Jany Jari Jarrell Jasmin Javi Jaxx Jaydon Jaylon Jazmin Jeanie Jeffery Jelle Jennie Jerald Jeremy Jerrell Jesse
  Jessyca Jevon Jillian Jip Joann Joaquin Joe Joes Johanne Jolien Jona Joost Jordy Joscha Josep Josiane Jovani Jozue
  Judd Jula Juliana Julina June Jurre Justine Juvenal Kade Kaia Kaj Kalle Kamron Karelle Karl Karlijn Kate Kathy
  Katrina Kaycee Kayli Keara Kees Kelli Ken Kennedi Kensi Kenzo Keven Khalil Kick Kim Kirsten Klara Kolby Korey Krijn
  Kristin Kurt Kyla Kyra Lamont Laney Lars Laure Laurenz Lautone Lavinio Lazare Leana Leanne Leilani Lemuel Lenja
  Lennie Lenya Leone Leonio Lera Lester Leu Levy Lexie Lian Liberto Lidio Lieve Lilith Lilou Linde Linnea Lionel Lise
  Liviana Liza Lloyd Lois Longin Loraine Loreno Loriana Lotta Louie Lova Luc Luciana Lucille Lucy Ludwika Luisa Luke
  Lura Lux Lydia Lynette Maan Mable Maci Madelyn Madisyn Mae Magali Maher Maike Makayla Malcolm Malin Malte Mamie
  Manlio Mara Marcela Marcos Mareta Mariam Marica Marilie Mario Marita Markus Marley Marolo Marta Martina Marwa Maryse
  Massimo Matilda Mattes Mattis Maura Maurycy Maxim May Maynard Mckayla Medina Meghan Melanie Melike Mellie Melyssa
  Mennone Merlin Meryem Mia Micheal Miguel Mikel Milano Mille Milton Minnie Miray Mirko Mirza Mittie Mollie Monique
  Morena Morris Mossie Muriel Mya Mylo Myrthe Nadir Nancy Naoufel Nat Nathen Nazzaro Neha Nelle Nena Neri Newton Nick
  Nicolai Nienke Nikko Nikolas Ninfa Noah Noel Nolan Norbert Normand Nouri Nowi Nynke Octavio Odetta Odin Okey Oleta
  Olive Ollie Omer Onie Onur Orazio Oriana Orion Oronzo Orval Osman Otello Ottilia Ova Paciano Pamela Parfait Paterne
  Patti Paulina Pedro Pelle Pericle Petra Phillip Pien Pieter Piotr Pius Plinio Porzia Primo Prokop Pupolo Querano
  Quintia Rachael Raegan Rahel Rajmund Rana Rania Raquel Ravi Reanna Rebekka Regina Reine Renaud Ressie Rex Reza Riana
  Rickie Rikke Riv Roberta Rocio Rodney Roger Rolfo Romana Romilda Ronald Roos Rosalyn Roselyn Rosita Rowan Roy Rubie
  Rufina Ruperto Ruthe Rylan Saba Sabir Safae Sahra Salma Sami Samona Sandra Sansone Santos Sarina Savanna Savion Sean
  Seff Selina Senesio Seppe Seth Shad Shania Shany Shaylee Shelia Sherry Sibyl Sidoine Siep Silas Silvano Simon Sinja
  Siro Sjors Socrate Solon Sophia Stacey Stefan Stephen Stewart Stuart Surano Suus Svenja Sydney Sylvie Tacjana Talon
  Tammaro Tanner Tasha Taurin Taziano Teije Teodor Teresa Tesauro Tevin Theo Thibert Thilo Thore Tianna Tierra Til Timo
  Tirone Tiziana Tobiasz Tom Tommy Toon Tosco Trasea Tressa Trey Triston Tuana Turold Tygo Tyrell Tyson Ugolino Uliva
  Ulysse Unna Uriel Ursule Valerie Vance Veda Vella Venere Verda Verla Vernie Vianney Vickie Vidone Viktor Vince Violet
  Vital Vive Vodingo Waleran Wanda Waylon Wendy Whitney Wilber Wilfred Willard Willy Winston Wyatt Xenia Yannik Yasmeen
  Yenthe Yoann Yousef Yusuf Zaccheo Zahra Zander Zayd Zelinda Zeno Zeyd Zoe Zola
`);

export const LAST_NAMES = listOf(`
  Aalbers Abbrescia Abraham Accardi Achkinadze Adamczak Adamo Addis Agostini Aguirre Alaimo Albrecht Alexander Alizadeh
  Alonso Alvarado Amberg Amici Ancona Andresen Angeloni Anselmi Antonelli Apitz Aranda Arenas Argiolas Arndt Artioli
  Astolfi Auer Ayala Badane Bahena Bakker Balderas Balistreri Banach Bani Barbagallo Barberis Barile Barraza Barretta
  Bartell Bartoli Barylla Basso Batz Bauschke Bech Bedewitz Bednarz Belli Belotti Benavides Benigni Benvenuti
  Bergamasco Bernabei Berner Bertelli Bertolussi Betz Biagini Bianco Biedermann Bielski Bigdeli Bins Bisio Blanda Bloch
  Blume Bodini Bogisich Bologna Bonelli Bonini Borelli Bormann Borsch Bosch Bosler Bouschen Boyle Brakus Brandt Bremer
  Breuer Briones Brogi Bruen Brunetti Bruun Buchrucker Buhl Bunjes Burgos Busemann Buzzi Caccavo Caiazza Caldera Camara
  Campanella Campos Candido Cannella Canu Capoccia Cappelli Capuano Carbajal Cardinale Carella Carlino Carlucci Caron
  Carrasco Carrillo Cartwright Casagrande Casarez Caserta Caspers Castellani Casu Catanzaro Cavaliere Cavallo Ceccarini
  Ceja Cellini Cerise Cervantes Cherubini Chiavacci Chojnacki Ciacio Cicatiello Cierpinski Cini Cipollaro Cisneros
  Clarius Coccia Coletta Collins Como Connelly Conte Cordero Cornejo Corrado Corridori Cortese Cossu Costanzo Cozzani
  Cremonesi Crews Criscione Crona Cruz Curci Cuzzocrea Czapla Dahl Dalmasso Damm Dare Daugherty Dec Degrassi Delagarza
  Delgadillo Demurtas Denti Desiderio Diana Diedrich Dietzsch Dippl Dobler Dolci Donato Doro Dragone Dressler Duarte
  Dudek Dumont Durgan Dziuba Edorh Ehrig Elbe Emard Engelmann Erhardt Errante Escalante Espinal Esser Fabbri Fabrizi
  Fajardo Falkowski Fanelli Farin Fassbender Favero Federico Feleppa Fenner Ferraiuolo Ferrarini Ferreri Ferro Fierro
  Filipek Filipponi Finotti Fiorentino Fischer Flatley Flore Flottmann Fontaine Forlani Foschi Franceschi Frandsen
  Franta Frasca Freimann Frezza Friesen Frohn Fumarola Fusco Gabriele Gagliano Galante Gallardo Gambino Gangnus Garay
  Garnier Gasser Gauder Gazzola Gehrke Genchi Gentili Gerhardt Gervasi Giacalone Giannelli Gianotti Gierisch Gilde
  Giorgi Giraud Giugliano Glatting Goebel Golec Gombert Gottlieb Grabowski Grams Grandi Gratzky Greco Greppi Grijalva
  Groen Grosskopf Gruber Grzelak Guajardo Guastone Guerrini Guido Gummelt Gusmeroli Guyot Hache Hagenes Hallmann Hane
  Harms Hartlieb Haschke Haugaard Heaney Hedermann Heinke Hellmann Henkel Hentel Heredia Hermiston Hertel Hesse Heuck
  Hillard Hinojosa Hirthe Hofer Hohn Holm Honz Hornung Hubert Huels Hujo Hyatt Iannaccone Iazzetta Ihly Innocenti
  Ippoliti Iwanowski Jacobi Jahn Jakubczyk Jander Jankowski Jaramillo Jasper Jenkins Jespersen Johnson Jossa Jungton
  Justesen Kaesmacher Kalinowski Kaniewski Karlsen Kasperek Kastner Kautzer Keeling Kempe Kertzmann Khan Kinadeter
  Kisabaka Klapper Klein Klimczak Klopsch Knapik Knoblich Kobus Koehl Kofler Kohrt Kolokas Koning Koper Kostecki Koubaa
  Kowalick Kozey Kral Krawczyk Kresse Krogh Kruger Krysiak Kubica Kuchta Kuijpers Kulesza Kummle Kupprion Kuschewitz
  Kuypers Lach Laine Lammert Lange Lanza Laskowski Lauinger Lausecker Lazzarini Lebsack Ledesma Legrand Leimbach Leiva
  Lenart Leo Leopardi Lesch Lewin Librizzi Liebich Lind Linnenbaum Lippolis Lischka Liuzzi Lockman Lohmann Lolli Longhi
  Lorentzen Losch Lovato Lubbers Lucas Lucia Lueilwitz Luise Lupica Luzi Macchi Madetzky Maestas Magi Maiello Mair
  Makowski Maldonado Malizia Mancinelli Mangano Mannino Manz Marahrens Marcelli Marchesi Marchi Marcussen Maresca
  Mariano Mariotti Marner Marras Marsili Martina Martorana Marzano Mascolo Massaro Mateo Matos Matteucci Matysiak Mauro
  Mayer Mazzanti Mazzini Mazzotta Medina Mehlhorn Melandri Meloni Menchaca Menne Mercado Merkel Mertz Metzger Miccoli
  Michalski Mielke Mikitenko Milczarek Minah Mirabella Misztal Moeller Mojica Molinaro Monaci Montagna Montanaro
  Montero Montoya Morandi Moreau Moretto Morini Morreale Moser Mottola Mrozek Mulder Mura Murolo Musso Nannen Naranjo
  Natali Navarro Negri Neubert Newton Nicolay Nieddu Nieto Nissen Nocera Nolte Notaro Nowakowski Nwachukwu Ocasio Ojeda
  Oliva Olivieri Olson Oosterhuis Orlandi Orsini Ortolani Ossowski Ottaviani Ozuna Pacini Padula Pagliai Paladini Palla
  Palmeri Palomino Panetta Panzeri Paolicelli Paonessa Paradiso Parisi Parrino Paschke Passarelli Pastorelli Patzwahl
  Pavani Paz Pedersen Pedroza Pellicano Peralta Perini Perrin Peruzzi Peters Petrelli Pezzella Pfingsten Piana Pibiri
  Picco Piechota Pierro Pietsch Pili Pinnock Pippig Pirrone Piscopo Pivetta Plank Pletsch Poggi Polak Polifka Pollina
  Ponitzsch Porsche Post Powlowski Pratesi Prete Price Privitera Proske Puca Puggioni Purdy Quarta Quinto Radomski Rahn
  Rambaldi Ranftl Ranz Rath Rauso Reale Reichardt Reilly Reinhardt Renaud Renz Restorff Reusse Rheder Riccobono Riedel
  Riester Righi Riojas Ritosek Rivas Rizzo Roberts Rocco Rodigari Roger Rojas Rolland Romani Romero Roque Rosbach
  Rosenthal Rosselli Rosso Rotundo Royer Rudnicki Ruggiero Rusciano Rutkowski Rzepka Sabbatini Sacco Sagafe Saiz
  Salcedo Salgado Salvadori Salzano Sammert Sanfilippo Santana Santiago Santori Sarabia Sartor Sauceda Savoca Scala
  Scarano Schaefer Scherbarth Scheurer Schiavone Schilling Schirmer Schlitzer Schmitz Schoen Schottmann Schreiber
  Schuff Schultze Schupp Schwanbeck Schwatlo Scopece Secci Segura Seiler Senger Serena Serrato Sevilla Siebel Siener
  Signorile Sillah Simeti Simonini Sinopoli Sisneros Skoczylas Sladek Sobczak Socha Solinas Sommer Soro Sottile
  Spagnolo Sparacino Spiga Sporer Stachowicz Stanek Stasiak Stefani Steigauf Stelkens Stepanov Stief Stoll Stracke
  Streese Striezel Strzelczyk Sujew Suthe Szatkowski Szulc Szyszka Talarico Tammaro Tarquini Tassone Tegethof Tepper
  Terlouw Testa Thiomas Thyssen Tijerina Timmermans Tittman Toldo Tomasello Tommasi Torchia Torre Toscano Towne Trantow
  Traverso Tretola Tromp Tucci Tufo Turek Uhlig Ullrich Urban Urbina Vaca Valdez Valenza Valles Van Varela Vater
  Venegas Venturini Verduzco Veronese Vianello Viellehner Villalobos Vincent Violante Visintin Vitiello Vogt Volkmann
  Vos Waibel Wallner Wanner Wassiluk Wehrsen Weimann Weller Werner White Wiegand Wilczek Will Wilts Wintheiser Wissing
  Wittl Wojtkowiak Wollmann Wujak Wysocki Zaccaro Zakrzewski Zamora Zanetta Zapata Zaremba Zayas Zelaya Zeyen Zijlstra
  Zintl Zotti Zuliani
`);

export const CITIES = listOf(`
  Aabenraa Aarhus Agliana Aieta Alanno Albiolo Algeciras Allentown Altadena Altoona Amatrice Andalo Ankeny Antillo
  Aprica Ardesio Arlington Arrecife Arzano Assoro Atzara Austin Avondale Baceno Ballerup Banari Barbona Barete Bartlett
  Bayamon Beauvais Bellevue Benevello Berlingo Biandrate Bientina Binghamton Bismarck Blacksburg Bochnia Bogense Bonn
  Borgarello Bossico Boulder Bradenton Bregnano Brentwood Briosco Brodnica Broomfield Brusy Brzeziny Buckeye Burbank
  Burlington Bydgoszcz Caguas Calciano Calto Calvisano Camerano Cannalonga Canterano Capodrise Carasco Carfizzi Carmel
  Cartagena Casasco Cassacco Castino Ceccano Centennial Cerete Cerrione Cesena Charleston Chiaverano Chmielnik Cholet
  Cicero Cinisi Cisternino Cleveland Coazze Collazzone Cologne Colzate Comitini Conflenti Conway Corsico Cossoine
  Cranston Crodo Cusio Czersk Danville Dazio Delianuova Dernice Dinami Dobczyce Dolianova Dorgali Drancy Drobin
  Duisburg Dunwoody Edinburg Elda Elyria Enid Erftstadt Esbjerg Esterzili Euskirchen Fairfield Fargo Feletto Fiesco
  Fiumicino Florissant Fontanile Fortunago Franklin Freeport Frombork Fuscaldo Gairo Galten Garbsen Gary Gazzola
  Gemonio Gerona Giaveno Ginestra Gladbeck Glenview Gniewkowo Gonnesa Gorno Gottolengo Granollers Greifswald Grimacco
  Gryfino Gubin Hadsund Hamm Hannover Hattingen Hedehusene Helsinge Herne Hicksville Hilo Hollywood Horsens Huntsville
  Ikast Inglewood Irvine Issime Jarocin Jedwabne Joliet Jutrosin Kalundborg Karlsruhe Kcynia Kenosha Kiel Kirkland
  Kleczew Koblenz Kolding Konstanz Kowary Krefeld Krynki Lacey Lakewood Langeskov Largo Lauderhill Lawton Legnica
  Leonessa Leszno Licenza Limina Lipno Littleton Lizzanello Lombard Lorain Lorsica Lubin Lubraniec Luino Luson Lystrup
  Madison Maida Manchester Manresa Marbella Mariager Marmora Martinengo Massarosa Meerbusch Melzo Mentor Mesa Miami
  Midland Milford Minden Mirsk Mobile Mogoro Mompantero Monselice Montauro Montemurlo Montreuil Morgex Motril Muncie
  Muscoline Nampa Naperville Nasino Neuwied Nicorvo Nieszawa Nola Norman Novato Nucetto Nyborg Ocala Odolo Olecko
  Olszyna Ontario Orange Oria Ortacesus Oshkosh Ostiglia Owensboro Padborg Pagnacco Pallare Pandino Parczew Parma
  Passirano Pattada Peabody Pennabilli Perrero Petriano Piancogno Picerno Pigra Pinerolo Pitigliano Plainfield
  Pleasanton Poggibonsi Polinago Pomaretto Ponferrada Pontebba Porcia Portsmouth Prabuty Pratella Preseglie Pruchnik
  Przeworsk Pulheim Pyzdry Quimper Radom Randers Ratingen Reading Redmond Reno Reszel Revere Ricengo Ripi Riverview
  Rochester Rofrano Ronzone Rosenheim Rostock Rovegno Ruffano Ryki Sabbioneta Sagunto Salinas Sandomierz Santadi
  Sanzeno Sarmede Sayreville Scigliano Seattle Sellero Sennori Setzu Shoreline Sieniawa Signa Sinalunga Skaryszew
  Skokie Sochaczew Sommatino Soresina Southaven Sparks Spring Stanghella Stelvio Stoholm Stratford Strzelin Suffolk
  Sunnyvale Svinninge Szczawnica Szczytna Szubin Tamarac Tarragona Tavenna Telti Terenzo Thisted Tirolo Tolkmicko
  Torchiara Torreano Torzym Towson Trasacco Trenzano Trier Troisdorf Trzebinia Tucson Turek Tuscaloosa Tychy Ugento
  Upland Ururi Uzzano Valdosta Vallejo Vamdrup Varsi Velbert Venticano Vestbjerg Vicoli Viersen Vigonza Villaverla
  Vinovo Vista Vocca Waiblingen Warren Waterbury Wejherowo Weston Wielichowo Wilson Wojnicz Woodbury Wschowa Yakima
  Yuma Zakopane Zawadzkie Zerba Zgorzelec
`);

function listOf(text: string): WordList {
  const words = text.trim().split(/\s+/);
  return { words, width: Math.max(...words.map(({ length }) => length)) };
}
