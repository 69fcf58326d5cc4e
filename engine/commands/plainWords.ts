/**
 * Words that programs use to say what they do: none of them is a value of a database. What is not here, and no name of an
 * object, is taken out of a command's output. Roots only; `isPlainWord` knows the endings.
 */
const ROOTS = `
a about above abort absent accept access account address acquire across act action active activate actual add adjust administrator after
again against ago agent ahead alert alias all allocate allow almost alone already also alter although always among an analyse
analyze and another answer any anything api app appear append application apply approve april arabic archive are argument around array
as ask assembly assert assign at attach attempt august authenticate author authorize auto automatic available average avoid await away
aos axutil azure
back backend backup bad bar base basic batch be because been before begin began begun behind being below beside best better between
big bin binary bind bit blank block body boolean boot both bottom bound branch break bring broken broker brought browse buffer bug build
built bulk business busy but buffer by byte
cache calculate call can cancel cannot capture card cascade case catalog catalogue category cause certificate chain change channel character
chart check checkpoint checksum child choice choose chosen class clean clear client clock clone close cluster code collate collation collect
column combine come comma command comment commit common communicate compare compatible compile complete component compress compute computer condition
configuration configure confirm conflict connect connection consist consistent console constraint consume contain container content context
continue control conversion convert copy core correct corrupt could count counter country cover crash create credential critical cross
culture current cursor custom customer customization cut cutover cycle
daemon dangling data database date day db dead deadlock debug december decimal declare decrypt default define definition delay delete
deliver denied deny depend dependency deploy derive describe description destination detach detail detect determine developer device diagnostic
did differ difference different digit direct directory dirty disable disc discard disconnect disk display distinct dispatch do document does doing
domain done double down download driver drop dry dual due dump duplicate duration during dynamic dynamics
each early edge edition either element elapse else empty enable encode encrypt end endpoint engine enlist enough ensure enter enterprise entity entry
enumerate environment equal error escape estimate evaluate even event ever every exact example exceed except exception exclude exclusive execute execution
exist exit expand expect expire explain explicit export express expression extend extension external extra extract
fail failure fall false family far fast fatal fault feature february fetch few field file fill filter final finally financial find fine finish
first fit fix flag float flow flush focus folder follow font for force foreign forest form format forward found fraction fragment frame framework free freeze
fresh friday from full fulltext function further future
gap garbage gateway gave generate generation generic get give given global go good got grant graph greater group grow guard guid
had half halt handle hang happen hard hardware has hash have having head header health healthy heap heartbeat held help here hidden high hint history hit hold
home host hour how however http https
id identifier identical identify identity idle if ignore image immediate impact implement implicit import important improper in inactive include incoming incompatible
incomplete incorrect increment index indices indicate individual information init initial initialize inner input insert inside inspect install instance instead
insufficient integer integrity intend interactive interface internal interrupt interval into introduce invalid investigate invoke io is isolate isolation issue it item
iterate its itself
january job join journal json july june just
keep kept kernel key kill kind know known
label lack language large last late later latest launch layer layout lead leak lease least leave left length less let letter level library license life light like limit line
link linux list listen literal live load local locale locate location lock log logic login long look loop lose lost lot low lower
machine made mail main maintain major make manage manager mandatory manifest manual many map march mark mask master match max maximum may maybe mean meanwhile measure media member memory
mend merge message metadata meter method metric microsoft middle migrate migration millisecond min mind minimum minor minute mirror misc mismatch miss mode model modify
modification module moment monday monitor month more most mount move msg msbuild much multi multiple must mutex my
name namespace native natural near necessary need negative nest net network never new newest next nightly no nobody node non none nor normal not note nothing notice notify november now null
number numeric nullable
object observe obsolete obtain occur october odbc of off offline offset often ok old older oldest omit on once one ongoing online only open operate operation operator optimize option optional or
order ordinal origin original orphan os other otherwise our out outer outdated output outside over overflow overlap overall override own owner
package packet page pair parallel parameter parent parse part partial partition pass password past patch path pause peak pend pending per percent perform performance perhaps period permanent
permission permit persist phase physical pick pid ping pipe place plan platform please plugin point policy poll pool port position possible post postpone pre precede prefix prepare prerequisite
present preserve press previous primary principal print prior priority private privilege probe problem procedure proceed process produce product production profile program progress project
promote proof proper property protect protocol prove provide provider provision public publish pull purge purpose push put
qualify quality quarter query queue quick quiet quit quota quote
raise ran random re range rate rather reach react read readme ready real reason rebuild recall receive recent reclaim recognise recognize recompile reconnect record recover recovery recreate recurring
recursion redeploy redirect redo reduce refer reference refresh refuse region register regular reindex reject relate relation release reload remain remedy remote remove rename render repair repeat
replace replica replicate reply report request require reserve reset resize resolve resource respond response rest restart restore restrict result resume retain retention retry return reuse reverse
revert review revoke rewind right role roll rollback root rotate round route row rule run running runtime runbook
safe same sample sandbox saturday save scale scan schedule schema scope screen script seal search second secret section secure security see seed seem seen segment select self send sent sensitive
separate september sequence serial serialize series serve server service session set setting settle setup several severity shall shape share shell shift short should show shut shutdown side sign signal
silent similar simple simulate since single site situation size skip sleep slice slot slow small snapshot so socket soft software solution some somebody something soon sort source space span special
specific specify speed spend split sql sqlstate stack stage stale standard start startup starve state statement static statistic status stay step still stop storage store stored stream string stripe strong structure
stuck style sub subject submit subsequent substitute success successful succeed such sudden suffice suffix suggest suitable suite sum summary sunday supply support suppose suspend swap switch symbol symbolic sync
synchronise synchronize synchronization syntax system
tab table tablespace tag tail take taken task team tell temp template temporary tenant terminal terminate test text than thank that the their them then there therefore these they thing this those
though thread three threshold through throughput throw thrown thursday thus tick tie till time timeout timer timestamp timezone title to today together token told too took tool top topology total touch trace track traffic
trail train transact transaction transfer transform transition transmit treat tree tried trigger trim true trunc truncate trust try tuesday turn twice two type typical
unable unavailable unchanged under undefined undo unexpected unforeseen unhandled unhealthy unicode uninstall union unique unit unknown unless unlock unpack unreachable unset unsupported until unused up update upgrade upload upon
upper uptime url usage use user usual utc utility
vacuum valid validate validity value var variable variant various vary vendor verbose verify version very via view violate violation virtual visible void volume
wait wake want warehouse warm warn was watch way we web website wednesday week weight well went were what when where whether which while who whole whose why wide width will window wipe wire with withdraw withdrawn
within without word work worker workflow workload workspace world worth would wrap write written wrong wrote
xml xpp
year yes yesterday yet yield you your
zero zip zone
four five six seven eight nine ten eleven twelve dozen hundred thousand million
ax axdb bacpac cil cpu csv dacpac dbo dbsync dixf dll dmf dmx dns dvt ebs exe fx gb ghz hresult html ibm iis ini ip ipc iso jit kb lcs log lsn mb mr ms msi nan netstandard nt odata oid orm pdb
ps psh ram rdbms regedit rest rpc sa sdk sid smb soap spid ssis ssl ssms ssrs stderr stdin stdout svc syncengine tb tcp tds tls tmp txt udp uri utf uuid vm wal wcf winrm wsl www yaml yml
batchservice sqlclient sqlexception stacktrace dataareaid recid recversion partition
int smallint tinyint bigint nvarchar varchar nchar char datetime varbinary uniqueidentifier bytea
etc lib mnt opt srv usr s
`;

const roots: ReadonlySet<string> = new Set(ROOTS.split(/\s+/).filter((word) => word !== ''));

const ENDINGS: readonly (readonly [ending: RegExp, ...instead: string[]])[] = [
  [/ies$/, 'y'],
  [/ied$/, 'y'],
  [/ily$/, 'y'],
  [/n['’]t$/, ''],
  [/['’](?:s|ll|ve|re|d)$/, ''],
  [/(?:e?s|s['’])$/, '', 'e'],
  [/e?d$/, '', 'e'],
  [/([b-df-hj-np-tv-z])\1(?:ed|ing)$/, '$1'],
  [/ing$/, '', 'e'],
  [/ings$/, '', 'e'],
  [/ly$/, '', 'le'],
  [/(?:er|or)s?$/, '', 'e'],
  [/(?:at)?ions?$/, '', 'e', 'ate'],
  [/ments?$/, ''],
  [/able$/, '', 'e'],
];
const BEGINNING = /^un(?=.{3})/;

/** Whether a word says something and holds nothing; in either case of letters, inflected or not. */
export function isPlainWord(word: string): boolean {
  const small = word.toLowerCase();
  return [small, small.replace(BEGINNING, '')].some(
    (one) =>
      roots.has(one) ||
      ENDINGS.some(
        ([ending, ...instead]) => ending.test(one) && instead.some((root) => roots.has(one.replace(ending, root))),
      ),
  );
}

/** `SqlException`, `copy_table`: words written as one. */
export function isPlainCompound(word: string): boolean {
  const humps = word.split(/_+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u).filter((hump) => hump !== '');
  return humps.length > 0 && humps.every(isPlainWord);
}
