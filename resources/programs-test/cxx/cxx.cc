// cxx: the C++ run-time: streams, strings, containers, exceptions through frames with destructors,
// virtual calls and casts, constructors before main and destructors after it.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std;

struct Announced {
    string name;
    explicit Announced(string n) : name(move(n)) { cout << "+" << name << "\n"; }
    ~Announced() { cout << "-" << name << "\n"; }
};

static Announced before_main("static");

struct Shape {
    virtual ~Shape() = default;
    virtual double area() const = 0;
};
struct Square : Shape {
    double side;
    explicit Square(double s) : side(s) {}
    double area() const override { return side * side; }
};
struct Circle : Shape {
    double radius;
    explicit Circle(double r) : radius(r) {}
    double area() const override { return 3.0 * radius * radius; }
};

static __attribute__((noinline)) int descend(int depth)
{
    Announced frame("frame " + to_string(depth));
    if (depth == 0)
        throw out_of_range("the bottom");
    return descend(depth - 1) + 1;
}

int main()
{
    Announced local("local");

    vector<uint32_t> numbers;
    uint32_t x = 12345;
    for (int i = 0; i < 5000; i++)
        numbers.push_back(x = x * 1664525 + 1013904223);
    sort(numbers.begin(), numbers.end(), greater<uint32_t>());
    cout << "sorted: " << is_sorted(numbers.rbegin(), numbers.rend()) << " first " << numbers.front()
         << " last " << numbers.back() << endl;

    map<string, int> counts;
    istringstream words("to be or not to be that is the question");
    for (string word; words >> word;)
        counts[word]++;
    for (const auto &[word, count] : counts)
        cout << word << "=" << count << " ";
    cout << endl;

    try {
        descend(3);
    } catch (const out_of_range &e) {
        cout << "caught " << e.what() << endl;
    }
    try {
        try {
            (void) vector<int>(3).at(7);
        } catch (const exception &) {
            cout << "rethrown" << endl;
            throw;
        }
    } catch (const logic_error &) {
        cout << "caught a logic_error" << endl;
    }

    vector<unique_ptr<Shape>> shapes;
    shapes.push_back(make_unique<Square>(1.5));
    shapes.push_back(make_unique<Circle>(2.0));
    double total = 0;
    int squares = 0;
    for (const auto &shape : shapes) {
        total += shape->area();
        squares += dynamic_cast<Square *>(shape.get()) != nullptr;
    }
    cout << "area " << fixed << setprecision(3) << total << ", squares " << squares << endl;
    cout << hex << setfill('0') << setw(8) << 0xbeef << dec << " " << string(3, '*') << endl;
    cerr << "and a line on stderr" << endl;
    return 3;
}
