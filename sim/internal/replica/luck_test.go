package replica

import (
	"math"
	"math/bits"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// The numbers of decisions, from the table of draws.
const (
	drawNiche = iota + 1
	drawTechnology
	drawHours
	drawComponent
	drawPerceived
	drawWorkload
	drawJointWork
	drawActivity
	drawExistence
	drawDoor
	drawNeed
	drawValue
	drawOrder
	drawChurn
	drawFollowUp
	drawTurnover
	drawMarket
	drawOffer
	drawSharing
	drawTurn
	drawManager
)

// philox is Philox 2x64-10.
func philox(c0, c1, key uint64) (uint64, uint64) {
	for i := 0; i < 10; i++ {
		hi, lo := bits.Mul64(c0, 0xD2B74407B1CE6E93)
		c0, c1 = hi^key^c1, lo
		key += 0x9E3779B97F4A7C15
	}
	return c0, c1
}

func uniform(x uint64) float64 { return (float64(x>>12) + 0.5) / float64(1<<52) }

// u returns U1 and U2 at an address.
func (g *group) u(decision, agent, serial int) (float64, float64) {
	a, b := philox(uint64(decision)<<32+uint64(agent), uint64(serial), g.key)
	return uniform(a), uniform(b)
}

func (g *group) u1(decision, agent, serial int) float64 {
	a, _ := g.u(decision, agent, serial)
	return a
}

func pair(i, j int) int { return 256*i + j }

func ordered(i, j int) int { return pair(min(i, j), max(i, j)) }

// normal is AS 241.
func normal(p float64) float64 {
	q, c := p-0.5, coefficients()
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - q*q
		return q * (poly(r, c[0]) / poly(r, c[1]))
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-log(r))
	x := 0.0
	if r <= 5 {
		x = poly(r-1.6, c[2]) / poly(r-1.6, c[3])
	} else {
		x = poly(r-5, c[4]) / poly(r-5, c[5])
	}
	if q < 0 {
		return -x
	}
	return x
}

func poly(x float64, c []float64) float64 {
	s := 0.0
	for _, v := range c {
		s = s*x + v
	}
	return s
}

// description is the text that all this is written from, with its supplement if
// it has one. It is read when a test runs, so that go test knows of it.
var description = sync.OnceValue(func() string {
	text, err := os.ReadFile("../../ODD.md")
	if err != nil {
		panic(err)
	}
	supplement, err := os.ReadFile("../../ODD-supplement.md")
	if err != nil && !os.IsNotExist(err) {
		panic(err)
	}
	return string(text) + string(supplement)
})

// coefficients are read from the six lines of AS 241.
var coefficients = sync.OnceValue(func() (all [][]float64) {
	for _, m := range regexp.MustCompile(`(?m)^[A-F]  (.*)$`).FindAllStringSubmatch(description(), -1) {
		var c []float64
		for _, f := range strings.Split(m[1], ", ") {
			c = append(c, number(f))
		}
		all = append(all, c)
	}
	return all
})

// numbers are parameters, and constants of the model's shape, by their names.
type numbers map[string]float64

// of is the number of that name; the text must know it.
func (n numbers) of(name string) float64 {
	v, ok := n[name]
	if !ok {
		panic("ODD.md knows no " + name)
	}
	return v
}

// constants are read from the table of those that no scenario sets.
var constants = sync.OnceValue(func() numbers {
	n := numbers{}
	_, table, _ := strings.Cut(description(), "<!-- generated: constants -->")
	table, _, _ = strings.Cut(table, "<!-- end -->")
	for _, m := range regexp.MustCompile("(?m)^. `([a-zA-Z]+)` . ([0-9.]+)(?: / ([0-9.]+))? .").FindAllStringSubmatch(table, -1) {
		n[m[1]] = number(m[2])
		if m[3] != "" {
			n[m[1]] /= number(m[3])
		}
	}
	return n
})

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
)

func exp(x float64) float64 {
	const p1, p2, p3, p4, p5 = 1.66666666666666657415e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05, -1.65339022054652515390e-06, 4.13813679705723846039e-08
	x = clamp(x, -700, 700)
	k := math.Floor(x*1.44269504088896338700e+00 + 0.5)
	hi, lo := x-k*ln2Hi, k*ln2Lo
	r := hi - lo
	t := r * r
	c := r - t*(p1+t*(p2+t*(p3+t*(p4+t*p5))))
	return math.Ldexp(1-((lo-r*c/(2-c))-hi), int(k))
}

func log(x float64) float64 {
	const l1, l2, l3, l4, l5, l6, l7 = 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01
	m, e := math.Frexp(x)
	m, e = 2*m, e-1
	if m > math.Sqrt2 {
		m, e = m/2, e+1
	}
	f := m - 1
	s := f / (2 + f)
	z := s * s
	w := z * z
	t1 := w * (l2 + w*(l4+w*l6))
	t2 := z * (l1 + w*(l3+w*(l5+w*l7)))
	r := t1 + t2
	h := 0.5 * f * f
	k := float64(e)
	return k*ln2Hi - ((h - (s*(h+r) + k*ln2Lo)) - f)
}

func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }

func clamp(x, a, b float64) float64 { return math.Max(a, math.Min(x, b)) }

func spread(mean, width, u float64) float64 { return mean + width*(2*u-1) }
