package sim

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// The stream of luck, for batteries of tests of randomness, comes from this
// test binary, so that what is tested is the generator and no copy of it:
//
//	go test -c -o luck.test ./sim
//	./luck.test -luck-stream mixed | dieharder -g 200 -a
var luckStream = flag.String("luck-stream", "", "write the raw luck of an `order` of addresses to standard output, without end, and test nothing")

func TestMain(m *testing.M) {
	flag.Parse()
	if *luckStream != "" {
		fmt.Fprintln(os.Stderr, streamLuck(*luckStream))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// streamLuck writes both words of each address, 8 bytes each, until nobody
// reads them any more.
func streamLuck(name string) error {
	order, ok := orders[name]
	if !ok {
		return fmt.Errorf("-luck-stream %s: must be one of %s", name, strings.Join(slices.Sorted(maps.Keys(orders)), ", "))
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	var b [16]byte
	for at := range order {
		first, second := at.words()
		binary.LittleEndian.PutUint64(b[:8], first)
		binary.LittleEndian.PutUint64(b[8:], second)
		if _, err := out.Write(b[:]); err != nil {
			return err
		}
	}
	panic("an order of addresses has come to its end")
}

// drawAt is the address of one draw.
type drawAt struct {
	luck     luck
	decision decision
	agent    int
	serial   int
}

// words are the 128 random bits at an address, of which pair makes two numbers.
func (a drawAt) words() (uint64, uint64) {
	return a.luck.philox(address(a.decision, a.agent), uint64(a.serial))
}

// The orders in which the model asks for luck, each without end: what runs
// fastest gives an order its name.
var orders = map[string]iter.Seq[drawAt]{
	"weeks":        inWeeks,
	"agents":       inAgents,
	"pairs":        inPairs,
	"decisions":    inDecisions,
	"customers":    inCustomers,
	"replications": inReplications,
	"seeds":        inSeeds,
	"mixed":        inTheOrderOfRuns,
}

// Sizes of the walks: of long projects, large groups and usual replications.
const (
	streamWeeks        = 520
	streamMembers      = 6
	streamReplications = 500
)

func inWeeks(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		luck, id := newLuck(1, uint64(k/streamMembers)), k%streamMembers
		for week := range streamWeeks {
			if !yield(drawAt{luck, drawWorkload, id, week}) {
				return
			}
		}
	}
}

func inAgents(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		luck, week := newLuck(1, uint64(k/streamWeeks)), k%streamWeeks
		for id := range MaxCandidates {
			if !yield(drawAt{luck, drawWorkload, id, week}) {
				return
			}
		}
	}
}

func inPairs(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		luck, week := newLuck(1, uint64(k/streamWeeks)), k%streamWeeks
		for j := range streamMembers {
			for i := range j {
				if !yield(drawAt{luck, drawJointWork, pairOf(i, j), week}) {
					return
				}
			}
		}
	}
}

func inDecisions(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		luck, week := newLuck(1, uint64(k/streamWeeks)), k%streamWeeks
		for d := drawSeed + 1; d < nDraws; d++ {
			if !yield(drawAt{luck, d, 3, week}) {
				return
			}
		}
	}
}

func inCustomers(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		luck, lead := newLuck(1, uint64(k/streamMembers)), k%streamMembers
		for nth := range 40 {
			for order := range 16 {
				if !yield(drawAt{luck, drawOrder, lead, orderAddress(nth, order)}) {
					return
				}
			}
		}
	}
}

func inReplications(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		for r := range streamReplications {
			if !yield(drawAt{newLuck(uint64(k/streamWeeks), uint64(r)), drawWorkload, 3, k % streamWeeks}) {
				return
			}
		}
	}
}

func inSeeds(yield func(drawAt) bool) {
	for k := 0; ; k++ {
		for seed := range 1 << 16 {
			if !yield(drawAt{newLuck(uint64(seed), uint64(k/streamWeeks)), drawWorkload, 3, k % streamWeeks}) {
				return
			}
		}
	}
}

// inTheOrderOfRuns walks through replication after replication, decision after
// decision, as runs do in which everything happens: all candidates, and in each
// week all members, pairs, and a new customer who opens the door and orders.
func inTheOrderOfRuns(yield func(drawAt) bool) {
	for r := uint64(0); ; r++ {
		luck, open := newLuck(1, r), true
		draw := func(d decision, agent, serial int) { open = open && yield(drawAt{luck, d, agent, serial}) }
		everyPair := func(n int, d decision, serial int) {
			for j := range n {
				for i := range j {
					draw(d, pairOf(i, j), serial)
				}
			}
		}
		for id := range MaxCandidates {
			for d := drawNiche; d <= drawComponent; d++ {
				draw(d, id, 0)
			}
			draw(drawSharing, id, 0)
			for market := range MaxMarkets {
				draw(drawOffer, id, market)
			}
		}
		for market := range MaxMarkets {
			draw(drawMarket, market, 0)
		}
		everyPair(MaxCandidates, drawPerceived, 0)
		for week := range streamWeeks {
			lead, nth := week%streamMembers, week/streamMembers
			partner := (lead + 1) % streamMembers
			for id := range streamMembers {
				draw(drawWorkload, id, week)
			}
			draw(drawExistence, lead, nth)
			draw(drawDoor, lead, nth)
			draw(drawNeed, pairOf(lead, partner), nth)
			draw(drawValue, lead, nth)
			draw(drawFollowUp, lead, nth)
			draw(drawTurn, lead, nth)
			everyPair(streamMembers, drawJointWork, week)
			for id := range streamMembers {
				draw(drawActivity, id, week)
			}
			for order := range 4 {
				draw(drawOrder, lead, orderAddress(nth, order))
				draw(drawChurn, lead, orderAddress(nth, order))
			}
			for id := range streamMembers {
				draw(drawTurnover, id, week)
			}
			draw(drawManager, 0, week)
		}
		if !open {
			return
		}
	}
}
