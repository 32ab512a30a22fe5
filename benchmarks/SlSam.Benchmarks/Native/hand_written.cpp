// SL-SAM's windowed step with a kept prefix, written by hand on libtorch: what our step is measured against for the cost of the engine.
// The model is that of Model/Encoder.cs, operator by operator, and the tensor work that of the engine: prefix without a graph, first pass, norms and loss in
// one read, copies, perturbation, second pass, norms and loss in one read, weights back, AdamW on the active parameters.
//
//   hand_written VOCABULARY WIDTH HEADS BLOCKS CLASSES BATCH LENGTH THREADS DEVICE TYPE
//
// Says libtorch's version; then, for each line "slsam ARM,ARM,...", takes a step on these arms and says its seconds.

#include <torch/torch.h>
#include <torch/version.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using at::Tensor;

namespace {

constexpr int64_t piece = 262144;

struct Shape {
    int64_t vocabulary, width, heads, blocks, classes, batch, length;
};

struct Parameter {
    Tensor value, first, second;
    int64_t steps = 0;
};

struct Arm {
    std::vector<Parameter> parameters;
};

Parameter parameter(Tensor value, const at::TensorOptions& options) {
    return {value.to(options).set_requires_grad(false), {}, {}, 0};
}

void add_linear(Arm& arm, int64_t in, int64_t out, const at::TensorOptions& options) {
    const double bound = 1 / std::sqrt(static_cast<double>(in));
    arm.parameters.push_back(parameter(at::empty({out, in}).uniform_(-bound, bound), options));
    arm.parameters.push_back(parameter(at::empty({out}).uniform_(-bound, bound), options));
}

void add_norm(Arm& arm, int64_t width, const at::TensorOptions& options) {
    arm.parameters.push_back(parameter(at::ones({width}), options));
    arm.parameters.push_back(parameter(at::zeros({width}), options));
}

class Encoder {
public:
    std::vector<Arm> arms;

    Encoder(const Shape& shape, const at::TensorOptions& options) : arms(shape.blocks + 2), shape_(shape) {
        arms.front().parameters.push_back(parameter(at::randn({shape.vocabulary, shape.width}), options));
        for (int64_t block = 1; block <= shape.blocks; block++) {
            Arm& arm = arms[block];
            for (int projection = 0; projection < 4; projection++) add_linear(arm, shape.width, shape.width, options);
            add_norm(arm, shape.width, options);
            add_norm(arm, shape.width, options);
            add_linear(arm, shape.width, 4 * shape.width, options);
            add_linear(arm, 4 * shape.width, shape.width, options);
        }
        add_linear(arms.back(), shape.width, shape.classes, options);
    }

    // Runs the layers from one to another; the mean over the tokens is before the last.
    Tensor run(Tensor hidden, size_t from, size_t to) const {
        for (size_t layer = from; layer < to; layer++) {
            if (layer == 0) hidden = at::embedding(value(0, 0), hidden);
            else if (layer + 1 < arms.size()) hidden = block(hidden, layer);
            else hidden = at::linear(hidden.mean(1), value(layer, 0), value(layer, 1));
        }
        return hidden;
    }

private:
    const Tensor& value(size_t arm, size_t index) const { return arms[arm].parameters[index].value; }

    Tensor linear(const Tensor& input, size_t arm, size_t index) const { return at::linear(input, value(arm, index), value(arm, index + 1)); }

    Tensor norm(const Tensor& input, size_t arm, size_t index) const {
        return at::layer_norm(input, {shape_.width}, value(arm, index), value(arm, index + 1), 1e-5);
    }

    Tensor block(const Tensor& hidden, size_t arm) const {
        const auto size = hidden.size(0), length = hidden.size(1), depth = shape_.width / shape_.heads;
        const auto split = [&](const Tensor& projected) { return projected.view({size, length, shape_.heads, depth}).transpose(1, 2); };
        const auto query = split(linear(hidden, arm, 0)), key = split(linear(hidden, arm, 2)), value = split(linear(hidden, arm, 4));
        const auto scores = at::matmul(query, key.transpose(-2, -1)) / std::sqrt(static_cast<double>(depth));
        const auto mixed = at::matmul(scores.softmax(-1), value).transpose(1, 2).reshape({size, length, shape_.width});
        const auto attended = norm(hidden + linear(mixed, arm, 6), arm, 8);
        return norm(attended + linear(at::gelu(linear(attended, arm, 12)), arm, 14), arm, 10);
    }

    Shape shape_;
};

// Norms of the gradients, then the loss.
std::vector<double> read(const std::vector<Tensor>& gradients, const Tensor& loss) {
    std::vector<Tensor> norms;
    if (loss.scalar_type() == at::kFloat) norms = at::_foreach_norm(gradients);
    else for (const auto& gradient : gradients) norms.push_back(at::norm(gradient, 2, at::kFloat));
    norms.push_back(loss.detach().to(norms.front().scalar_type()).reshape({}));
    const auto host = at::stack(norms).to(at::kCPU, at::kDouble);
    return {host.data_ptr<double>(), host.data_ptr<double>() + host.numel()};
}

void adamw(const Tensor& weight, const Tensor& gradient, const Tensor& first, const Tensor& second, double decay, double root, double step) {
    weight.mul_(decay);
    first.mul_(0.9).add_(gradient, 1 - 0.9);
    second.mul_(0.999).addcmul_(gradient, gradient, 1 - 0.999);
    weight.addcdiv_(first, second.sqrt().div_(root).add_(1e-8), -step);
}

class SlSam {
public:
    SlSam(Encoder& model, Tensor ids, Tensor labels) : model_(model), ids_(std::move(ids)), labels_(std::move(labels)), on_(model.arms.size()) {}

    void step(const std::vector<int>& active) {
        activate(active);
        const size_t from = active.front();
        Tensor start;
        {
            at::NoGradGuard guard;
            start = model_.run(ids_, 0, from);
        }

        auto norms = pass(start, from);
        double squares = 0;
        for (size_t i = 0; i < chosen_.size(); i++) squares += norms[i] * norms[i];
        std::vector<Tensor> saved;
        {
            at::NoGradGuard guard;
            const double scale = 0.05 / (std::sqrt(squares) + 1e-12);
            for (auto* each : chosen_) saved.push_back(each->value.clone());
            for (auto* each : chosen_) each->value.add_(each->value.grad(), scale);
            for (auto* each : chosen_) each->value.mutable_grad().reset();
        }

        pass(start, from);
        at::NoGradGuard guard;
        for (size_t i = 0; i < chosen_.size(); i++) chosen_[i]->value.copy_(saved[i]);
        for (auto* each : chosen_) update(*each);
    }

private:
    void activate(const std::vector<int>& active) {
        std::vector<bool> wanted(on_.size());
        for (int arm : active) wanted[arm] = true;
        for (auto* each : chosen_) each->value.mutable_grad().reset();
        chosen_.clear();
        for (size_t arm = 0; arm < on_.size(); arm++)
            for (auto& each : model_.arms[arm].parameters) {
                if (on_[arm] != wanted[arm]) each.value.set_requires_grad(wanted[arm]);
                if (wanted[arm]) chosen_.push_back(&each);
            }
        on_ = wanted;
    }

    std::vector<double> pass(const Tensor& start, size_t from) {
        const auto loss = at::cross_entropy_loss(model_.run(start, from, model_.arms.size()), labels_);
        loss.backward();
        at::NoGradGuard guard;
        std::vector<Tensor> gradients;
        for (auto* each : chosen_) gradients.push_back(each->value.grad());
        return read(gradients, loss);
    }

    static void update(Parameter& each) {
        if (!each.first.defined()) {
            each.first = at::zeros_like(each.value);
            each.second = at::zeros_like(each.value);
        }
        each.steps++;
        const double rate = 1e-4, decay = 1 - rate * 0.01;
        const double root = std::sqrt(1 - std::pow(0.999, each.steps)), step = rate / (1 - std::pow(0.9, each.steps));
        const auto gradient = each.value.grad();
        if (each.value.numel() <= piece || each.value.is_cuda()) {
            adamw(each.value, gradient, each.first, each.second, decay, root, step);
            return;
        }
        // In pieces that stay in the cache, as the engine does.
        const auto weights = each.value.view(-1).split(piece), gradients = gradient.view(-1).split(piece);
        const auto first = each.first.view(-1).split(piece), second = each.second.view(-1).split(piece);
        for (size_t i = 0; i < weights.size(); i++) adamw(weights[i], gradients[i], first[i], second[i], decay, root, step);
    }

    Encoder& model_;
    Tensor ids_, labels_;
    std::vector<bool> on_;
    std::vector<Parameter*> chosen_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 11) {
        std::fprintf(stderr, "usage: hand_written VOCABULARY WIDTH HEADS BLOCKS CLASSES BATCH LENGTH THREADS DEVICE TYPE\n");
        return 2;
    }
    std::vector<int64_t> sizes;
    for (int i = 1; i <= 8; i++) sizes.push_back(std::stoll(argv[i]));
    const Shape shape{sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6]};
    at::set_num_threads(static_cast<int>(sizes[7]));
    at::manual_seed(0);
    const at::Device device(argv[9]);
    const auto options = at::TensorOptions().device(device).dtype(std::string(argv[10]) == "bfloat16" ? at::kBFloat16 : at::kFloat);

    Encoder model(shape, options);
    SlSam optimizer(model, at::randint(shape.vocabulary, {shape.batch, shape.length}, at::kLong).to(device),
                    at::randint(shape.classes, {shape.batch}, at::kLong).to(device));
    std::cout << TORCH_VERSION << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<int> active;
        std::istringstream numbers(line.substr(line.find(' ') + 1));
        for (std::string number; std::getline(numbers, number, ',');) active.push_back(std::stoi(number));
        if (device.is_cuda()) torch::cuda::synchronize();
        const auto start = std::chrono::steady_clock::now();
        optimizer.step(active);
        if (device.is_cuda()) torch::cuda::synchronize();
        std::printf("%.9f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        std::fflush(stdout);
    }
}
