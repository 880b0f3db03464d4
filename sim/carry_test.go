package sim

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"testing"
)

// filled fills everything in a value with numbers that all differ, so that one
// that is forgotten is missed.
func filled(v reflect.Value, next *int) {
	*next++
	switch v.Kind() {
	case reflect.Float64:
		v.SetFloat(float64(*next) / 7)
	case reflect.Int:
		v.SetInt(int64(-*next))
	case reflect.Uint8:
		v.SetUint(uint64(*next % 251))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString(fmt.Sprintf("ä%d", *next))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for k := range v.Len() {
			filled(v.Index(k), next)
		}
	case reflect.Array:
		for k := range v.Len() {
			filled(v.Index(k), next)
		}
	case reflect.Struct:
		for k := range v.NumField() {
			if f := v.Field(k); f.CanSet() {
				filled(f, next)
			}
		}
	default:
		panic("a " + v.Kind().String() + " cannot be carried")
	}
}

// All of parameters, results and series arrives, what is not exported too, and the
// same bytes come out again. NaN keeps its bits.
func TestAllIsCarried(t *testing.T) {
	type carried interface {
		AppendTo([]byte) []byte
		Take([]byte) ([]byte, error)
	}
	p, r, s := &Params{}, &Result{}, &Series{}
	for k, c := range []struct{ from, to carried }{{p, &Params{}}, {r, &Result{}}, {s, &Series{}}} {
		next := 0
		filled(reflect.ValueOf(c.from).Elem(), &next)
		switch k {
		case 0:
			p.off = absent{3, true, true}
		case 1:
			for i := range r.SMEs {
				r.SMEs[i].lastSale = i + 1
			}
		}
		b := c.from.AppendTo([]byte("before"))
		rest, err := c.to.Take(append(b[len("before"):], "after"...))
		if err != nil || string(rest) != "after" || !reflect.DeepEqual(c.from, c.to) {
			t.Errorf("%T: %v, rest %q\n%+v\nbecame\n%+v", c.from, err, rest, c.from, c.to)
		}
		if again := c.to.AppendTo([]byte("before")); !bytes.Equal(again, b) {
			t.Errorf("%T: other bytes the second time", c.from)
		}
		for cut := range 200 { // of much that has many numbers
			n := cut * (len(b) - len("before")) / 200
			if _, err := c.to.Take(b[len("before"):][:n]); err == nil {
				t.Errorf("%T: %d of %d bytes are taken for the whole", c.from, n, len(b))
			}
		}
	}
	strange := SMESpec{Technology: math.Float64frombits(0x7ff8000000000123)}
	p.ListedSMEs = []SMESpec{strange}
	var q Params
	if _, err := q.Take(p.AppendTo(nil)); err != nil || math.Float64bits(q.ListedSMEs[0].Technology) != 0x7ff8000000000123 {
		t.Errorf("%v: NaN became %x", err, math.Float64bits(q.ListedSMEs[0].Technology))
	}
}
