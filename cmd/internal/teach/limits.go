package teach

import "time"

// What a request may ask for. Beyond a lesson's needs the command line is the
// better tool.
const (
	mostBody         = 64 << 10
	mostReplications = 1000
	mostPeriods      = 8
	mostWork         = 60e6 // SME-weeks of one ensemble: about a quarter of a minute of one processor
	mostReplication  = 1<<31 - 1

	mostConnections = 200 // of one client; a class of thirty behind one address may have 180

	mostTime = 2 * time.Minute // for a request, waiting included
)

// How much of each kind of work runs at a time. The first pictures and the
// rest use all processors each; what bounds them is memory.
const (
	quickAtATime = 4
	firstAtATime = 3
	restAtATime  = 2

	mostWaiting = 16   // requests of one client in a lane
	mostQueue   = 1024 // requests of all
)

// firstStages are the numbers of replications after which an ensemble is told,
// before all of them.
var firstStages = []int{20, 100}

// What a ministry may ask for: a grant of 300 replications is about half a second of one processor.
const (
	mostGrants               = 6
	mostGroups               = 1000 // of a grant
	mostMinistryReplications = 300
	mostFunded               = 64 // kinds of groups whose results are kept, some 100 kB each
)

// What a client may do so many times at once, and then again each time that has
// passed. A class may sit behind one address: its pages try again by themselves.
const (
	missesAtOnce = 10 // wrong codes of a class
	missEvery    = 10 * time.Second
	namesAtOnce  = 12 // predictions that replace none
	nameEvery    = 2 * time.Second
)

// What an error may hold.
const (
	mostSettings = 200 // in set; there are fewer parameters
	mostTold     = 10  // problems
)

// What a class may hold.
const (
	mostClasses        = 20
	mostClassesEach    = 5 // by one client; those at the server's own machine beside the others
	mostPredictions    = 500
	mostPredictionsOf  = 100 // from one client, behind which a whole class may sit
	mostPoints         = 12
	mostOpaque         = 32 << 10 // bytes of a question or a result
	mostWho            = 64
	mostWatchers       = 600  // of a class's wall
	mostWatchersEach   = 8    // of one client, in all classes; a page that is refused asks again and again instead
	mostWatchersTaught = 8    // of the teacher of a class, beside the others
	mostRemembered     = 1000 // clients of a class or a quota
	classIdle          = 4 * time.Hour
	largestPrediction  = 1e9 // largest max
	wallEvery          = 250 * time.Millisecond
	wallAlive          = 15 * time.Second
	mostAnswers        = 64       // ensembles kept, and
	mostAnswersBytes   = 64 << 20 // their size
	slowestWrite       = 30 * time.Second
	mostPrintedInError = 40
)
